/** One state of a screen, and the answers the board's states share. */
import type { Page } from '@playwright/test';
import type { Lang } from '../../src/contract';
import { board, graph, past } from './data';
import type { Answer, Screen } from './host';

export interface State {
  readonly name: string;
  readonly screen: Screen;
  readonly answers: (lang: Lang) => Readonly<Record<string, Answer>>;
  readonly extension?: Readonly<Record<string, unknown>>;
  /** Of the host's context beside it. */
  readonly context?: Readonly<Record<string, unknown>>;
  /** Selector that is there once the state is reached. */
  readonly ready: string;
  /** What a person does to get there, after `ready`. */
  readonly act?: (page: Page) => Promise<void>;
}

export const value = (given: unknown): Answer => ({ value: given });
export const refused = (code: string): Answer => ({ error: { code, messageKey: `error.${code}` } });
export const shown = (lang: Lang, part: Parameters<typeof board>[1] = {}): Record<string, Answer> => {
  const view = board(lang, part);
  const { incident, survivor, flaps, live, scheme, pass, passExpiresAt, now } = view;
  return {
    'board.load': value(view),
    'board.changes': value({ incident, survivor, alerts: [], flaps, entries: [], tickets: [], hosts: [], deploys: [], live, scheme, pass, passExpiresAt, channel: null, now }),
    'board.graph': value(graph({ alertId: 'a1' })),
    'board.similar': value({ incidents: [], more: 0, now }),
    'board.at': value(past(lang)),
    'board.entries': value({ entries: view.entries }),
    'ticket.form': value({ project: { projectId: '1', projectKey: 'OPS', projectName: 'Operations', issueTypeId: '7', issueTypeName: 'Task' }, dueDate: '2026-12-21', isPrivate: false, isAdmin: false }),
  };
};
export const BOARD = '[data-incident]';
