/** Tables. `@forge/react` turns head and rows into nodes, so that what stands in a cell is rendered too. */
import type { ComponentProps } from 'react';
import AtlaskitTable from '@atlaskit/dynamic-table';
import { Nodes, propsOf, slots, type Drawing } from './draw';
import type { ForgeDoc } from './doc';

type TableProps = ComponentProps<typeof AtlaskitTable>;
const part = (node: ForgeDoc, name: 'head' | 'rows'): readonly ForgeDoc[] => node.children.find((child) => child.type === 'ContentWrapper' && child.props['name'] === name)?.children ?? [];
const key = (value: unknown): string | undefined => (typeof value === 'string' || typeof value === 'number' ? String(value) : undefined);

/** What a cell is sorted by stays, what it shows is drawn. */
function cell({ props: { cellKey, ...props }, children }: ForgeDoc): Readonly<Record<string, unknown>> {
  return { ...props, key: key(cellKey), content: <Nodes of={children} /> };
}

const DynamicTable: Drawing = ({ node }) => {
  const { emptyView: _empty, head: _head, rows: _rows, ...props } = propsOf<TableProps>(node);
  const head = part(node, 'head').map(cell);
  const rows = part(node, 'rows').map(({ props: { rowKey, ...row }, children }) => ({ ...row, key: key(rowKey), cells: children.map(cell) }));
  return (
    <div className="uikit-table">
      <AtlaskitTable {...props} {...(head.length > 0 ? { head: { cells: head as never } } : {})} rows={rows as never} {...slots(node, 'emptyView')} />
    </div>
  );
};

export const table = { DynamicTable };
