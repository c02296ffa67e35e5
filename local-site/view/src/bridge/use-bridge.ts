/** The host's end of the bridge to one frame of the app. */
import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';
import type { WebModule } from '../../../web/api-types';
import { connect, type Peer } from '../../../web/rpc';
import { useSession } from '../session';
import { runCommand } from './commands';
import { emit } from './events';
import type { FrameScope, Place } from './scope';

export const SANDBOX = 'allow-downloads allow-forms allow-modals allow-pointer-lock allow-popups allow-popups-to-escape-sandbox allow-same-origin allow-scripts';
/** How long the app's page may take to show something before we say that it did not load. */
export const PATIENCE_MS = 15_000;

/** What a frame is made for, whatever draws it. */
export interface FrameProps {
  readonly module: WebModule;
  readonly place: Place;
  readonly basePath?: string;
  readonly dialog?: NonNullable<FrameScope['dialog']>;
  /** Takes the height of its container instead of its content's. */
  readonly fill?: boolean;
}
type View = Pick<FrameScope, 'setHeight' | 'setThemed' | 'uiKit'>;

/** Answers the frame's commands from its hello until it goes or loads again. `onHello` runs at each start; a new `turn` is a new iframe. */
export function useBridge(iframe: RefObject<HTMLIFrameElement>, props: FrameProps, view: View & { readonly onHello: () => void }, turn: number): void {
  const session = useSession();
  const latest = useRef({ props, view });
  latest.current = { props, view };
  const { origin } = new URL(props.module.src);
  const { basePath } = props;

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
      latest.current.view.onHello();
      const { setHeight, setThemed, uiKit } = latest.current.view;
      const scope: FrameScope = {
        session,
        module: latest.current.props.module,
        get place() {
          return latest.current.props.place;
        },
        basePath: basePath ?? null,
        dialog: latest.current.props.dialog ?? null,
        setHeight,
        setThemed,
        uiKit,
        cleanup,
      };
      peer = connect(port, (command, data) => runCommand(command, data, scope));
    };
    window.addEventListener('message', hello);
    return () => {
      window.removeEventListener('message', hello);
      end();
    };
  }, [session, iframe, origin, basePath, turn]);

  const config = JSON.stringify(props.place.config);
  const before = useRef(config);
  useEffect(() => {
    if (config === before.current) return;
    before.current = config;
    emit('app FORGE_CORE_MACRO_CONFIG_CHANGED', {});
  }, [config]);
}
