/** A UI Kit surface: the app's code runs in a hidden frame on its own origin, and what it renders is drawn here. */
import { useCallback, useMemo, useRef, useState, type ReactElement } from 'react';
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
import { inputs } from './inputs';
import { layout } from './layout';
import { table } from './table';
import { text } from './text';

/** Older components without a contract of their own. */
type Legacy = 'Strong' | 'Em' | 'Strike';
const drawings: Readonly<Record<Component | Legacy, Drawing>> = { ...actions, ...choices, ...dialogs, ...feedback, ...form, ...inputs, ...layout, ...table, ...text };
const NOTHING = (): void => undefined;

export default function Surface(props: FrameProps): ReactElement {
  const { module } = props;
  const iframe = useRef<HTMLIFrameElement>(null);
  const [doc, setDoc] = useState<ForgeDoc | null>(null);
  const [error, setError] = useState<string | null>(null);
  const fail = useCallback((message: string): void => {
    console.error(message);
    setError(message);
  }, []);
  // React takes the whole screen away when a component throws; any other error leaves it as it is.
  const failure = doc === null || doc.children.length === 0 ? error : null;
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

  const again = (): void => {
    setDoc(null);
    setError(null);
    retry();
  };
  return (
    <div className="frame uikit" data-module={module.key}>
      {failure !== null || late ? <Late title={module.title} {...(failure === null ? {} : { reason: failure })} retry={again} /> : null}
      {doc === null && failure === null && !late ? <FrameWait title={module.title} /> : null}
      {doc !== null && failure === null ? (
        <Drawings.Provider value={tools}>
          <Nodes of={doc.children} />
        </Drawings.Provider>
      ) : null}
      <iframe key={turn} ref={iframe} src={module.src} title={module.title} sandbox={SANDBOX} className="uikit-frame" aria-hidden="true" tabIndex={-1} />
    </div>
  );
}
