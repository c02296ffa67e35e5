/** The document as people edit it: text, links, and macros chosen from a list or made from a pasted address. */
import { useEffect, useMemo, useRef, useState, type ReactElement } from 'react';
import { createPortal } from 'react-dom';
import { EditorView } from '@atlaskit/editor-prosemirror/view';
import type { EditorState, Transaction } from '@atlaskit/editor-prosemirror/state';
import type { WebModule } from '../../../web/api-types';
import { ConfigRefusal } from '../bridge/config';
import { showFlag } from '../bridge/flags';
import { macroFor, macroOf, newMacro, type MacroAttrs } from '../bridge/macro';
import type { Place } from '../bridge/scope';
import { report } from '../bridge/unmodelled';
import { useSession } from '../session';
import { createStore, useStore } from '../store';
import { useWords } from '../words';
import { ConfigDialog, type Configuring } from './ConfigDialog';
import { adfOf, configureMacro, insertMacro, linkPlugin, openDocument, type Adf } from './document';
import { MacroCard } from './MacroCard';
import { macroViews, type ShownMacro } from './macro-view';
import { MENU_ID, offered, optionId, SlashMenu } from './SlashMenu';
import { dismissSlash, openSlash, slashPlugin, type Slash } from './slash';

interface Props {
  readonly initial: unknown;
  readonly where: Place;
  readonly onChange: (adf: Adf) => void;
  /** Set by the Insert button: opens the list without typing. */
  readonly insertRequest: number;
}
export default function PageEditor({ initial, where, onChange, insertRequest }: Props): ReactElement {
  const session = useSession();
  const say = useWords();
  const frame = useRef<HTMLDivElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const [macros] = useState(() => createStore<readonly ShownMacro[]>([]));
  const shown = useStore(macros);
  const [slash, setSlash] = useState<Slash | null>(null);
  const [chosen, setChosen] = useState(0);
  const [configuring, setConfiguring] = useState<Configuring | null>(null);
  const list = useMemo(() => (slash ? offered(session.modules, slash.query) : []), [session.modules, slash]);

  const configure = (module: WebModule, localId: string, attrs: MacroAttrs, isInserting: boolean): void => {
    const config = module.macro?.config ?? null;
    if (config !== null && config !== 'panel') setConfiguring({ module, config, localId, attrs, isInserting });
    else if (config === 'panel') void refuse('macro config panel (ForgeReconciler.addConfig)');
  };
  const refuse = async (what: string): Promise<void> => {
    await report(what);
    showFlag({ id: what, title: say('notModelled', { what }), type: 'error', isAutoDismiss: true });
  };
  const insert = (module: WebModule): void => {
    const editor = view.current;
    if (!editor || !slash) return;
    if (module.macro?.layout !== 'block') {
      editor.dispatch(dismissSlash(editor.state));
      return void refuse(`macro layout ${module.macro?.layout ?? ''}`);
    }
    const localId = crypto.randomUUID();
    const attrs = newMacro(session, module, localId, null);
    editor.dispatch(insertMacro(editor.state, slash.from, slash.to, attrs));
    editor.focus();
    const { config } = module.macro;
    if (config !== null && config !== 'panel' && config.openOnInsert) configure(module, localId, attrs, true);
  };
  const onKey = (event: KeyboardEvent): boolean => {
    const editor = view.current;
    if (!editor) return false;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const module = list[chosen];
    if (step !== 0 && list.length > 0) setChosen((chosen + step + list.length) % list.length);
    else if (event.key === 'Escape') editor.dispatch(dismissSlash(editor.state));
    else if ((event.key === 'Enter' || event.key === 'Tab') && module) insert(module);
    else return false;
    return true;
  };
  const onState = (state: EditorState, transaction: Transaction): void => {
    const open = openSlash(state);
    if (open?.query !== slash?.query) setChosen(0);
    setSlash(open);
    if (transaction.docChanged) onChange(adfOf(state));
  };
  const latest = useRef({ onKey, onState, session, initial, label: say('body') });
  Object.assign(latest.current, { onKey, onState, session });

  useEffect(() => {
    const paste = linkPlugin((url) => {
      const module = macroFor(latest.current.session, url);
      return module ? newMacro(latest.current.session, module, crypto.randomUUID(), url) : null;
    });
    const editor: EditorView = new EditorView(host.current, {
      state: openDocument(latest.current.initial, [slashPlugin((event) => latest.current.onKey(event)), paste]),
      nodeViews: { extension: macroViews(macros) },
      attributes: { role: 'textbox', 'aria-multiline': 'true', 'aria-label': latest.current.label, class: 'document' },
      dispatchTransaction: (transaction) => {
        const state = editor.state.apply(transaction);
        editor.updateState(state);
        latest.current.onState(state, transaction);
      },
    });
    view.current = editor;
    return () => {
      view.current = null;
      editor.destroy();
    };
  }, [macros]);

  useEffect(() => {
    const editor = view.current;
    if (!editor || insertRequest === 0) return;
    editor.focus();
    const { $from } = editor.state.selection;
    const needsSpace = $from.parent.isTextblock && $from.parentOffset > 0;
    editor.dispatch(editor.state.tr.insertText(needsSpace ? ' /' : '/'));
  }, [insertRequest]);

  const active = slash && list[chosen] ? optionId(list[chosen]) : null;
  useEffect(() => {
    const dom = view.current?.dom;
    if (active === null) ['aria-controls', 'aria-activedescendant'].forEach((name) => dom?.removeAttribute(name));
    else Object.entries({ 'aria-controls': MENU_ID, 'aria-activedescendant': active }).forEach(([name, value]) => dom?.setAttribute(name, value));
  }, [active]);

  const configureShown = (localId: string): void => {
    const attrs = macros.get().find((macro) => macro.attrs.localId === localId)?.attrs;
    const module = attrs ? macroOf(session, attrs) : null;
    if (attrs && module) configure(module, localId, attrs, false);
  };
  const store = (localId: string, config: Readonly<Record<string, unknown>>): void => {
    const transaction = view.current ? configureMacro(view.current.state, localId, config) : null;
    if (!transaction) throw new ConfigRefusal('MACRO_NOT_FOUND', 'the macro is no longer in the document');
    view.current?.dispatch(transaction);
  };
  return (
    <div ref={frame} className="page-editor">
      <div ref={host} />
      {slash ? <SlashMenu modules={list} chosen={chosen} at={below(view.current, frame.current, slash)} onChoose={insert} /> : null}
      {shown.map((macro) => createPortal(<MacroCard macro={macro} where={where} onConfigure={configureShown} />, macro.dom, String(macro.key)))}
      <ConfigDialog configuring={configuring} where={where} onSubmit={store} onClose={() => setConfiguring(null)} />
    </div>
  );
}

/** Just under the typed `/`, within the editor's width. */
function below(view: EditorView | null, frame: HTMLElement | null, slash: Slash): { left: number; top: number } {
  if (!view || !frame) return { left: 0, top: 0 };
  const box = frame.getBoundingClientRect();
  const { left, bottom } = view.coordsAtPos(slash.from);
  return { left: Math.max(0, Math.min(left - box.left, box.width - 320)), top: bottom - box.top + 4 };
}
