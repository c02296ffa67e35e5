/** Where macros stand in the edited document: an element for each, filled by React. */
import type { Node } from '@atlaskit/editor-prosemirror/model';
import type { EditorView, NodeView } from '@atlaskit/editor-prosemirror/view';
import type { MacroAttrs } from '../bridge/macro';
import type { Store } from '../store';

/** One macro on the screen. Replaced, not changed, when its node changes. */
export interface ShownMacro {
  readonly key: number;
  readonly dom: HTMLElement;
  readonly attrs: MacroAttrs;
  remove(): void;
}
let next = 1;

export function macroViews(shown: Store<readonly ShownMacro[]>): (node: Node, view: EditorView, position: () => number | undefined) => NodeView {
  return (node, view, position) => new MacroView(node, view, position, shown);
}

class MacroView implements NodeView {
  readonly dom = document.createElement('div');
  private readonly key = next++;

  constructor(
    private node: Node,
    private readonly view: EditorView,
    private readonly position: () => number | undefined,
    private readonly shown: Store<readonly ShownMacro[]>,
  ) {
    this.dom.className = 'macro-place';
    this.dom.contentEditable = 'false';
    this.show();
  }

  private show(): void {
    const macro: ShownMacro = { key: this.key, dom: this.dom, attrs: this.node.attrs as MacroAttrs, remove: () => this.remove() };
    this.shown.set((all) => [...all.filter(({ key }) => key !== this.key), macro].sort((a, b) => a.key - b.key));
  }
  private remove(): void {
    const at = this.position();
    if (at === undefined) return;
    this.view.dispatch(this.view.state.tr.delete(at, at + this.node.nodeSize));
    this.view.focus();
  }

  update(node: Node): boolean {
    if (node.type !== this.node.type || node.attrs['localId'] !== this.node.attrs['localId']) return false;
    this.node = node;
    this.show();
    return true;
  }
  selectNode(): void {
    this.dom.classList.add('macro-selected');
  }
  deselectNode(): void {
    this.dom.classList.remove('macro-selected');
  }
  stopEvent(event: Event): boolean {
    return event.target !== this.dom;
  }
  ignoreMutation(): boolean {
    return true;
  }
  destroy(): void {
    this.shown.set((all) => all.filter(({ key }) => key !== this.key));
  }
}
