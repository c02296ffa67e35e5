import { useEffect, useState } from 'react';
import type { TicketFormView } from '../../../../../src/contract';
import { call } from '../../api';
import { issueForm, type IssueForm } from '../../jira/form';
import type { Where } from '../../parts/ProjectChoice';

export type Loaded<T> = { readonly at: 'loading' } | { readonly at: 'failed'; readonly error: unknown } | { readonly at: 'shown'; readonly value: T };
const LOADING = { at: 'loading' } as const;

/** Where tickets of this incident go by themselves, and when they are due. */
export function useTicketForm(incidentId: string, pass: string): { readonly form: Loaded<TicketFormView>; readonly again: () => void } {
  const [form, setForm] = useState<Loaded<TicketFormView>>(LOADING);
  const [round, setRound] = useState(0);
  useEffect(() => {
    let current = true;
    call('ticket.form', { incidentId, pass }).then(
      (value) => current && setForm({ at: 'shown', value }),
      (error: unknown) => current && setForm({ at: 'failed', error }),
    );
    return () => {
      current = false;
    };
  }, [incidentId, pass, round]);
  return {
    form,
    again: () => {
      setForm(LOADING);
      setRound((n) => n + 1);
    },
  };
}

export const whereOf = ({ project }: TicketFormView): Where =>
  project === null
    ? { project: null, type: null }
    : { project: { id: project.projectId, key: project.projectKey, name: project.projectName }, type: { id: project.issueTypeId, name: project.issueTypeName } };

/** Which fields Jira asks for there; while nothing is chosen it is loading. */
export function useIssueForm(where: Where): { readonly fields: Loaded<IssueForm>; readonly again: () => void } {
  const [fields, setFields] = useState<Loaded<IssueForm>>(LOADING);
  const [round, setRound] = useState(0);
  const projectId = where.project?.id ?? null;
  const typeId = where.type?.id ?? null;
  useEffect(() => {
    setFields(LOADING);
    if (projectId === null || typeId === null) return;
    let current = true;
    issueForm(projectId, typeId).then(
      (value) => current && setFields({ at: 'shown', value }),
      (error: unknown) => current && setFields({ at: 'failed', error }),
    );
    return () => {
      current = false;
    };
  }, [projectId, typeId, round]);
  return { fields, again: () => setRound((n) => n + 1) };
}
