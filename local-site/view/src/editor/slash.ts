/** Typing `/` opens the list of what can be inserted. */
import { Plugin, PluginKey, type EditorState } from '@atlaskit/editor-prosemirror/state';

/** The typed text, `/` included. */
export interface Slash {
  readonly from: number;
  readonly to: number;
  readonly query: string;
}
interface SlashState {
  readonly slash: Slash | null;
  /** Where the list was closed with Escape: it stays closed there. */
  readonly dismissed: number | null;
}
const key = new PluginKey<SlashState>('slash');

/** At the start of a line or after a space; the full-width slash is what a Japanese keyboard types. */
function slashAt(state: EditorState): Slash | null {
  const { $from, empty } = state.selection;
  if (!empty || !$from.parent.isTextblock || $from.parent.type.spec.code === true) return null;
  const before = $from.parent.textBetween(0, $from.parentOffset, undefined, '\ufffc');
  const found = /(?:^|\s)([/／]([^\s/／]{0,40}))$/.exec(before);
  return found ? { from: $from.pos - (found[1]?.length ?? 0), to: $from.pos, query: found[2] ?? '' } : null;
}

/** `onKey` answers true for a key that the open list has used. */
export function slashPlugin(onKey: (event: KeyboardEvent) => boolean): Plugin<SlashState> {
  return new Plugin<SlashState>({
    key,
    state: {
      init: () => ({ slash: null, dismissed: null }),
      apply(transaction, before, _old, state) {
        const slash = slashAt(state);
        if (transaction.getMeta(key) === 'dismiss') return { slash, dismissed: slash?.from ?? null };
        return { slash, dismissed: slash === null || slash.from !== before.dismissed ? null : before.dismissed };
      },
    },
    props: {
      handleKeyDown: (view, event) => !view.composing && !event.isComposing && openSlash(view.state) !== null && onKey(event),
    },
  });
}

/** What was typed after an open `/`; null when the list is closed. */
export function openSlash(state: EditorState): Slash | null {
  const now = key.getState(state);
  return now === undefined || now.slash === null || now.slash.from === now.dismissed ? null : now.slash;
}

export function dismissSlash(state: EditorState): EditorState['tr'] {
  return state.tr.setMeta(key, 'dismiss');
}
