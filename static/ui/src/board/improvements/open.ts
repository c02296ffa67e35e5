import { useCallback, useState } from 'react';
import { openDialog } from '../../api';
import { useWords, type TextKey } from '../../words';
import { useEnv } from '../env';

export type TicketDialog = 'ticket' | 'ticket-link' | 'ticket-tasks';
const TITLES: Readonly<Record<TicketDialog, TextKey>> = { ticket: 'ticket.new.title', 'ticket-link': 'ticket.link.title', 'ticket-tasks': 'ticket.tasks.title' };

/** Opens the dialogs of tickets. They press themselves; the board only looks again when they end. */
export function useTicketDialog(): { readonly open: (name: TicketDialog, given?: Readonly<Record<string, unknown>>) => void; readonly failure: string | null } {
  const words = useWords();
  const { incidentId, board, refresh } = useEnv();
  const [failure, setFailure] = useState<string | null>(null);
  const open = useCallback(
    (name: TicketDialog, given: Readonly<Record<string, unknown>> = {}) => {
      setFailure(null);
      const { pass, tickets } = board();
      const linked = tickets.flatMap(({ issueId }) => issueId ?? []);
      void openDialog(name, words.t(TITLES[name]), { incidentId, pass, linked, ...given }, name === 'ticket-tasks' ? 'xlarge' : name === 'ticket-link' ? 'large' : 'medium').then(refresh, (error: unknown) => setFailure(words.reason(error)));
    },
    [incidentId, board, refresh, words],
  );
  return { open, failure };
}
