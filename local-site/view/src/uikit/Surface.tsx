/** A UI Kit surface: the app's code runs in a hidden frame on its own origin, and what it renders is drawn here. */
import { Component as ReactComponent, useCallback, useMemo, useRef, useState, type ReactElement, type ReactNode } from 'react';
import { FrameWait, Late, usePatience } from '../bridge/Frame';
import { report } from '../bridge/unmodelled';
import { SANDBOX, useBridge, type FrameProps } from '../bridge/use-bridge';
import { actions } from './actions';
import { choices } from './choices';
import type { Component } from './contract';
import { dialogs } from './dialogs';
import { parseDoc, type ForgeDoc } from './doc';
import { Drawings, Nodes, type Drawing } from './draw';
import { feedback } from './feedback';
import { form } from './form';
import { inlineEdit } from './inline-edit';
import { inputs } from './inputs';
import { layout } from './layout';
import { table } from './table';
import { tabs } from './tabs';
import { text } from './text';

/** Older components without a contract of their own. */
type Legacy = 'Strong' | 'Em' | 'Strike';
const drawings: Readonly<Record<Component | Legacy, Drawing>> = { ...actions, ...choices, ...dialogs, ...feedback, ...form, ...inlineEdit, ...inputs, ...layout, ...table, ...tabs, ...text };
const NOTHING = (): void => undefined;

export default function Surface(props: FrameProps): ReactElement {
  const { module } = props;
  const iframe = useRef<HTMLIFrameElement>(null);
  const [doc, setDoc] = useState<ForgeDoc | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [isBroken, setBroken] = useState(false);
  const fail = useCallback((message: string): void => {
    console.error(message);
    setError(message);
  }, []);
  // React takes the whole screen away when a component throws; any other error leaves it as it is.
  const failure = isBroken || doc === null || doc.children.length === 0 ? error : null;
  const { turn, late, settle, retry } = usePatience(doc !== null || failure !== null);
  const draw = (raw: unknown): void => {
    const next = parseDoc(raw);
    // A macro may also offer fields for the editor's older panel; they are no part of its screen.
    if (next.type === 'MacroConfig') void report('macro config panel (ForgeReconciler.addConfig)');
    else setDoc(next);
  };
  const uiKit = { draw, fail };
  const tools = useMemo(() => ({ byType: drawings, fail }), [fail]);
  useBridge(iframe, props, { setHeight: NOTHING, setThemed: NOTHING, uiKit, onHello: settle }, turn);

  const broken = (message: string): void => {
    fail(message);
    setBroken(true);
  };
  const again = (): void => {
    setDoc(null);
    setError(null);
    setBroken(false);
    retry();
  };
  return (
    <div className="frame uikit" data-module={module.key}>
      {failure !== null || late ? <Late title={module.title} {...(failure === null ? {} : { reason: failure })} retry={again} /> : null}
      {doc === null && failure === null && !late ? <FrameWait title={module.title} /> : null}
      {doc !== null && failure === null ? (
        <Drawings.Provider value={tools}>
          <Boundary key={turn} fail={broken}>
            <Nodes of={doc.children} />
          </Boundary>
        </Drawings.Provider>
      ) : null}
      <iframe key={turn} ref={iframe} src={module.src} title={module.title} sandbox={SANDBOX} className="uikit-frame" aria-hidden="true" tabIndex={-1} />
    </div>
  );
}

/** A component that cannot draw what the app gave it takes only this surface down. */
class Boundary extends ReactComponent<{ readonly children: ReactNode; readonly fail: (message: string) => void }, { readonly isBroken: boolean }> {
  override state = { isBroken: false };
  static getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true };
  }
  override componentDidCatch(error: Error): void {
    this.props.fail(error.message);
  }
  override render(): ReactNode {
    return this.state.isBroken ? null : this.props.children;
  }
}
