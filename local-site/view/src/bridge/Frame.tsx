/** One module of the app in an iframe on its own origin, as high as its content. */
import { useEffect, useLayoutEffect, useRef, useState, type ReactElement } from 'react';
import Button from '@atlaskit/button/new';
import type { WebModule } from '../../../web/api-types';
import { connect, type Peer } from '../../../web/rpc';
import { colorMode } from '../color-mode';
import { useSession } from '../session';
import { useStore } from '../store';
import { useWords } from '../words';
import { runCommand } from './commands';
import type { FrameScope, Place } from './scope';

const SANDBOX = 'allow-downloads allow-forms allow-modals allow-pointer-lock allow-popups allow-popups-to-escape-sandbox allow-same-origin allow-scripts';
/** How long the app's page may take to say hello before we say that it did not load. */
const PATIENCE_MS = 15_000;

export interface FrameProps {
  readonly module: WebModule;
  readonly place: Place;
  readonly basePath?: string;
  readonly dialog?: NonNullable<FrameScope['dialog']>;
  /** Takes the height of its container instead of its content's. */
  readonly fill?: boolean;
}

export function Frame({ module, place, basePath, dialog, fill = false }: FrameProps): ReactElement {
  const session = useSession();
  const say = useWords();
  const iframe = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState<number | null>(null);
  const [themed, setThemed] = useState(false);
  const mode = useStore(colorMode);
  const [turn, setTurn] = useState(0);
  const [late, setLate] = useState(false);
  const latest = useRef({ module, place, dialog });
  latest.current = { module, place, dialog };
  const origin = new URL(module.src).origin;

  useLayoutEffect(() => {
    let peer: Peer | null = null;
    const cleanup = new Set<() => void>();
    const end = (): void => {
      const undo = [...cleanup];
      cleanup.clear();
      undo.forEach((work) => work());
      peer?.close();
      peer = null;
    };
    const hello = (event: MessageEvent): void => {
      const [port] = event.ports;
      if (event.source !== iframe.current?.contentWindow || event.origin !== origin || !port) return;
      if ((event.data as { kind?: unknown } | null)?.kind !== 'bridge:hello') return;
      end();
      setLate(false);
      setThemed(false);
      const scope: FrameScope = {
        session,
        module: latest.current.module,
        place: latest.current.place,
        basePath: basePath ?? null,
        dialog: latest.current.dialog ?? null,
        setHeight,
        setThemed: () => setThemed(true),
        cleanup,
      };
      peer = connect(port, (command, data) => runCommand(command, data, scope));
    };
    window.addEventListener('message', hello);
    return () => {
      window.removeEventListener('message', hello);
      end();
    };
  }, [session, origin, basePath, turn]);

  useEffect(() => {
    if (height !== null) return undefined;
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [height, turn]);

  const retry = (): void => {
    setLate(false);
    setHeight(null);
    setTurn((n) => n + 1);
  };
  const shown = height !== null;
  return (
    <div className={`frame ${fill ? 'frame-fill' : ''}`} style={fill || !shown ? undefined : { height }} data-module={module.key}>
      {!shown && !late ? <div className="frame-wait" role="status" aria-label={say('appLoading', { title: module.title })} /> : null}
      {late ? (
        <div className="notice notice-warning" role="alert">
          <strong>{say('appFailed', { title: module.title })}</strong>
          <p>{say('appFailedText')}</p>
          <Button onClick={retry}>{say('retry')}</Button>
        </div>
      ) : null}
      <iframe
        key={turn}
        ref={iframe}
        src={module.src}
        title={module.title}
        sandbox={SANDBOX}
        allow="clipboard-write; fullscreen"
        className={shown ? 'frame-shown' : 'frame-hidden'}
        // A frame whose scheme differs from its document's gets an opaque background.
        style={{ colorScheme: themed ? mode : 'light' }}
      />
    </div>
  );
}
