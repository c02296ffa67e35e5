/** One module of the app: its own page in an iframe, or a UI Kit surface drawn here. */
import { lazy, Suspense, useEffect, useRef, useState, type ReactElement } from 'react';
import Button from '@atlaskit/button/new';
import { colorMode } from '../color-mode';
import { useStore } from '../store';
import { useWords } from '../words';
import { PATIENCE_MS, SANDBOX, useBridge, type FrameProps } from './use-bridge';

const Surface = lazy(() => import('../uikit/Surface'));

export function Frame(props: FrameProps): ReactElement {
  if (props.module.render === 'default') return <HtmlFrame {...props} />;
  return (
    <Suspense fallback={<FrameWait title={props.module.title} />}>
      <Surface {...props} />
    </Suspense>
  );
}

/** An iframe on the app's own origin, as high as its content. */
function HtmlFrame(props: FrameProps): ReactElement {
  const { module, fill = false } = props;
  const iframe = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState<number | null>(null);
  const [themed, setThemed] = useState(false);
  const mode = useStore(colorMode);
  const { turn, late, settle, retry } = usePatience(height !== null);
  const onHello = (): void => {
    settle();
    setThemed(false);
  };
  useBridge(iframe, props, { setHeight, setThemed: () => setThemed(true), uiKit: null, onHello }, turn);

  const again = (): void => {
    setHeight(null);
    retry();
  };
  const shown = height !== null;
  return (
    <div className={`frame ${fill ? 'frame-fill' : ''}`} style={fill || !shown ? undefined : { height }} data-module={module.key}>
      {!shown && !late ? <FrameWait title={module.title} /> : null}
      {late ? <Late title={module.title} retry={again} /> : null}
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

interface Patience {
  /** Counts the tries. */
  readonly turn: number;
  readonly late: boolean;
  settle(): void;
  retry(): void;
}
/** `late` when nothing is shown in time. */
export function usePatience(shown: boolean): Patience {
  const [turn, setTurn] = useState(0);
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (shown) return undefined;
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [shown, turn]);
  const settle = (): void => setLate(false);
  const retry = (): void => {
    setLate(false);
    setTurn((n) => n + 1);
  };
  return { turn, late, settle, retry };
}

export function FrameWait({ title }: { readonly title: string }): ReactElement {
  const say = useWords();
  return <div className="frame-wait" role="status" aria-label={say('appLoading', { title })} />;
}

export function Late({ title, reason, retry }: { readonly title: string; readonly reason?: string; readonly retry: () => void }): ReactElement {
  const say = useWords();
  return (
    <div className="notice notice-warning" role="alert">
      <strong>{say('appFailed', { title })}</strong>
      <p>{reason ?? say('appFailedText')}</p>
      <Button onClick={retry}>{say('retry')}</Button>
    </div>
  );
}
