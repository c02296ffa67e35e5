/** What the rows of one timeline can do, handed to them past the lists in between. */
import { createContext, useContext } from 'react';
import type { AlertView, EntryView, TicketView } from '../../../../../src/contract';

export interface Desk {
  readonly canEdit: boolean;
  readonly alertOf: (entry: EntryView) => AlertView | null;
  readonly pin: (entry: EntryView, on: boolean) => void;
  readonly edit: (entry: EntryView) => void;
  readonly remove: (entry: EntryView) => void;
  readonly restore: (entry: EntryView) => void;
  readonly pending: (entryId: string) => boolean;
  readonly history: (entry: EntryView) => void;
  /** Tickets that came from this entry. */
  readonly ticketsOf: (entryId: string) => readonly TicketView[];
  /** Begins a ticket with what this entry says. */
  readonly ticket: (entry: EntryView) => void;
  readonly unfold: (flapId: string) => void;
  /** Gives the focus to the list: what has it now is about to go away. */
  readonly toList: () => void;
}
const DeskContext = createContext<Desk | null>(null);
export const DeskProvider = DeskContext.Provider;

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error('DeskProvider is missing');
  return desk;
}
