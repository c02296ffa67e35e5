import type { ReactNode, RefObject } from 'react';
import type { Row } from './rows';

export interface ListProps {
  /** The element that scrolls. */
  readonly box: RefObject<HTMLDivElement>;
  readonly rows: readonly Row[];
  /** How many rows there are in all, also those not read yet. */
  readonly size: number;
  readonly draw: (row: Row) => ReactNode;
}
/** Nearer to the top than this the reader is at the top, and new rows slide in. */
export const TOP_PX = 8;
