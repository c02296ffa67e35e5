/** An issue's incident as a Jira surface sees it, and what Jira says of the sibling tickets. */
import { useCallback, useEffect, useState } from 'react';
import { events, requestJira } from '@forge/bridge';
import { useProductContext } from '@forge/react';
import type { IssueIncidentView, TicketView } from '../contract';
import { ask } from './kit';

const EVERY_MS = 30_000;

export type Seen =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly error: { readonly messageKey: string; readonly params: Readonly<Record<string, string | number>> } }
  | { readonly state: 'seen'; readonly view: IssueIncidentView };

export interface IssuePlace {
  readonly id: string;
  readonly key: string;
}
/** The issue the surface stands on; null while the product has not told. The backend proves what the viewer may know. */
export function useIssue(): IssuePlace | null {
  const { issue } = (useProductContext()?.extension ?? {}) as { readonly issue?: { readonly id?: unknown; readonly key?: unknown } };
  const key = typeof issue?.key === 'string' ? issue.key : null;
  const id = typeof issue?.id === 'string' || typeof issue?.id === 'number' ? String(issue.id) : key;
  return id === null || key === null ? null : { id, key };
}

/** Asked again every half minute while it is looked at, when Jira says that the issue changed, and on `refresh`. */
export function useIssueIncident(issueId: string | null): { readonly seen: Seen; refresh(): void } {
  const [seen, setSeen] = useState<Seen>({ state: 'loading' });
  const [turn, setTurn] = useState(0);
  const refresh = useCallback(() => setTurn((n) => n + 1), []);
  useEffect(() => {
    if (issueId === null) return undefined;
    let current = true;
    void ask('issue.incident', { issueId }).then((answer) => {
      if (!current) return;
      // What was seen stays while it cannot be had anew.
      setSeen((before) => (answer.ok ? { state: 'seen', view: answer.value } : before.state === 'seen' ? before : { state: 'failed', error: answer.error }));
    });
    return () => {
      current = false;
    };
  }, [issueId, turn]);
  useEffect(() => {
    const timer = setInterval(refresh, EVERY_MS);
    const heard = events.on('JIRA_ISSUE_CHANGED', refresh);
    return () => {
      clearInterval(timer);
      void heard.then((subscription) => subscription.unsubscribe()).catch(() => undefined);
    };
  }, [refresh]);
  return { seen, refresh };
}

export interface IssueState {
  readonly key: string;
  readonly summary: string;
  readonly status: string;
  readonly done: boolean;
  /** YYYY-MM-DD. */
  readonly dueDate: string | null;
}
type Json = Readonly<Record<string, unknown>>;
const object = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function stateOf(raw: unknown): readonly [string, IssueState] {
  const issue = object(raw);
  const fields = object(issue['fields']);
  const status = object(fields['status']);
  const done = object(status['statusCategory'])['key'] === 'done';
  return [text(issue['id']), { key: text(issue['key']), summary: text(fields['summary']), status: text(status['name']), done, dueDate: text(fields['duedate']) || null }];
}

const READ_AT_ONCE = 100;
/** By issue id, as Jira tells them to this viewer; null: not read. */
async function readIssues(idsOrKeys: readonly string[]): Promise<ReadonlyMap<string, IssueState> | null> {
  const body = JSON.stringify({ issueIdsOrKeys: idsOrKeys.slice(0, READ_AT_ONCE), fields: ['summary', 'status', 'duedate'] });
  const issues = await requestJira('/rest/api/3/issue/bulkfetch', { method: 'POST', headers: { 'Content-Type': 'application/json', Accept: 'application/json' }, body })
    .then(async (answer) => (answer.ok ? object(await answer.json())['issues'] : null))
    .catch(() => null);
  return Array.isArray(issues) ? new Map(issues.map(stateOf)) : null;
}

/** What Jira tells this viewer of the tickets, by issue id; those hidden from the viewer are left out. null: not read. */
export function useIssueStates(tickets: readonly TicketView[]): ReadonlyMap<string, IssueState> | null {
  const ids = tickets.flatMap((ticket) => (ticket.issueId === null ? [] : [ticket.issueId]));
  const asked = ids.join();
  const [states, setStates] = useState<ReadonlyMap<string, IssueState> | null>(null);
  useEffect(() => {
    if (asked === '') return undefined;
    let current = true;
    void readIssues(asked.split(',')).then((read) => {
      if (current && read !== null) setStates(read);
    });
    return () => {
      current = false;
    };
    // `tickets` is a new list at every look: what is asked for is what counts.
  }, [asked, tickets]);
  return states;
}

/** The issue's summary; empty until Jira has told it. */
export function useSummary({ id }: IssuePlace): string {
  const [summary, setSummary] = useState('');
  useEffect(() => {
    let current = true;
    void readIssues([id]).then((read) => {
      if (current) setSummary([...(read?.values() ?? [])][0]?.summary ?? '');
    });
    return () => {
      current = false;
    };
  }, [id]);
  return summary;
}
