/** The document while it is edited: ProseMirror with Atlassian's own schema. */
import { defaultSchema } from '@atlaskit/adf-schema/schema-default';
import { JSONTransformer } from '@atlaskit/editor-json-transformer';
import { baseKeymap, toggleMark } from '@atlaskit/editor-prosemirror/commands';
import { closeHistory, history, redo, undo } from '@atlaskit/editor-prosemirror/history';
import { keymap } from '@atlaskit/editor-prosemirror/keymap';
import type { Node } from '@atlaskit/editor-prosemirror/model';
import { EditorState, Plugin, Selection, type Transaction } from '@atlaskit/editor-prosemirror/state';
import { insertPoint } from '@atlaskit/editor-prosemirror/transform';
import { configured, type MacroAttrs } from '../bridge/macro';

export type Adf = Parameters<JSONTransformer['parse']>[0];
const transformer = new JSONTransformer(defaultSchema);
const { nodes, marks } = defaultSchema;

/** Throws when the document is none that can be edited here. */
export function openDocument(adf: unknown, plugins: readonly Plugin[]): EditorState {
  const doc = transformer.parse(adf as Adf);
  const keys = { 'Mod-z': undo, 'Mod-y': redo, 'Shift-Mod-z': redo, 'Mod-b': toggleMark(marks.strong), 'Mod-i': toggleMark(marks.em) };
  // A document that ends in a macro would leave no line to go on writing in.
  const state = EditorState.create({ doc, plugins: [...plugins, history(), keymap(keys), keymap(baseKeymap)] });
  const open = state.doc.lastChild?.isTextblock === true ? state : state.apply(state.tr.insert(state.doc.content.size, nodes.paragraph.create()).setMeta('addToHistory', false));
  // In words: with a macro chosen, the first key pressed would take its place.
  const inWords = Selection.findFrom(open.doc.resolve(0), 1, true);
  return inWords === null ? open : open.apply(open.tr.setSelection(inWords));
}

export const adfOf = (state: EditorState): Adf => transformer.encode(state.doc);

/** Puts a macro where `from` to `to` was typed: in place of an empty line, else after the block. The selection follows it. */
export function insertMacro(state: EditorState, from: number, to: number, attrs: MacroAttrs): Transaction {
  const macro = nodes.extension.create(attrs);
  const { tr } = state;
  const $from = state.doc.resolve(from);
  const wholeLine = $from.parent.isTextblock && $from.parent.content.size === to - from;
  if (wholeLine && $from.node(-1).canReplaceWith($from.index(-1), $from.indexAfter(-1), nodes.extension)) {
    tr.replaceWith($from.before(), $from.after(), macro);
    return follow(tr, $from.before() + macro.nodeSize);
  }
  tr.delete(from, to);
  const after = insertPoint(tr.doc, tr.doc.resolve(from).after(), nodes.extension) ?? tr.doc.content.size;
  return follow(tr.insert(after, macro), after + macro.nodeSize);
}

/** The cursor goes to the line after the macro, which is made when there is none. */
function follow(tr: Transaction, position: number): Transaction {
  if (position === tr.doc.content.size) tr.insert(position, nodes.paragraph.create());
  return tr.setSelection(Selection.near(tr.doc.resolve(position))).scrollIntoView();
}

/** Stores a macro's configuration; null when it is no longer in the document. */
export function configureMacro(state: EditorState, localId: string, config: Readonly<Record<string, unknown>>): Transaction | null {
  let at: { readonly position: number; readonly node: Node } | null = null as { readonly position: number; readonly node: Node } | null;
  state.doc.descendants((node, position) => {
    if (node.type === nodes.extension && node.attrs['localId'] === localId) at = { position, node };
  });
  return at === null ? null : state.tr.setNodeMarkup(at.position, undefined, configured(at.node.attrs as MacroAttrs, config));
}

/** A pasted address becomes a link, or the macro that claims it; one undo brings the link back. */
export function linkPlugin(macroFor: (url: string) => MacroAttrs | null): Plugin {
  return new Plugin({
    props: {
      handlePaste(view, event) {
        const pasted = event.clipboardData?.getData('text/plain').trim() ?? '';
        if (!/^https?:\/\/\S+$/.test(pasted)) return false;
        view.dispatch(view.state.tr.replaceSelectionWith(defaultSchema.text(pasted, [marks.link.create({ href: pasted })]), false));
        const attrs = macroFor(pasted);
        if (attrs === null) return true;
        const { to } = view.state.selection;
        view.dispatch(closeHistory(insertMacro(view.state, to - pasted.length, to, attrs)));
        return true;
      },
    },
  });
}
