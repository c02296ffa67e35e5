/** The issue on the screen: read again every few seconds, and after each act of the person. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { IssueView } from '../../../web/api-types';
import { emit } from '../bridge/events';
import { showFlag } from '../bridge/flags';
import { api, Failure, useApi, type Loaded } from '../session';
import { useWords } from '../words';

const EVERY_MS = 5_000;

export interface Issue {
  readonly loaded: Loaded<IssueView>;
  reload(): void;
  /** Sends one change and reads the issue again. A refusal becomes a notice; false then. */
  act(path: string, method: string, body?: unknown): Promise<boolean>;
}
export const issuePath = (key: string): string => `/__web/issues/${encodeURIComponent(key)}`;

export function useIssue(key: string): Issue {
  const say = useWords();
  const { loaded, reload } = useApi<IssueView>(issuePath(key), EVERY_MS);
  const seen = useRef<number | null>(null);
  const shown = useKept(loaded);
  const issue = shown.state === 'ready' ? shown.value : null;
  useChanges(issue, seen);
  const act = useCallback(
    async (path: string, method: string, body?: unknown): Promise<boolean> => {
      try {
        await api(path, method, body);
        // The person's own change is nothing new to them.
        seen.current = (await api<IssueView>(issuePath(key)).catch(() => null))?.updatedAt ?? null;
        reload();
        return true;
      } catch (error) {
        showFlag({ id: 'jira-refused', type: 'error', title: say('jiraRefused'), description: error instanceof Failure ? error.message : String(error), isAutoDismiss: true });
        return false;
      }
    },
    [key, reload, say],
  );
  return { loaded: shown, reload, act };
}

/** A poll that fails on its way, or brings nothing new, leaves what is on the screen. */
function useKept(loaded: Loaded<IssueView>): Loaded<IssueView> {
  const [kept, setKept] = useState(loaded);
  useEffect(() => {
    setKept((before) => {
      if (before.state !== 'ready') return loaded;
      if (loaded.state === 'loading') return before;
      if (loaded.state === 'failed') return loaded.failure.status === 0 || loaded.failure.status >= 500 ? before : loaded;
      return JSON.stringify(before.value) === JSON.stringify(loaded.value) ? before : loaded;
    });
  }, [loaded]);
  return kept;
}

/** Tells the app's surfaces of what others changed; of a person's own changes Jira tells their page nothing. `seen`: the last change known. */
function useChanges(issue: IssueView | null, seen: { current: number | null }): void {
  useEffect(() => {
    if (issue === null) return;
    const before = seen.current;
    seen.current = issue.updatedAt;
    if (before === null || before >= issue.updatedAt) return;
    // Who changed it is not known here, so `atlassianId` is missing.
    emit('app JIRA_ISSUE_CHANGED', { issueId: issue.id, projectId: issue.project.id, changes: [{ changeType: 'updated' }] });
  }, [issue, seen]);
}
