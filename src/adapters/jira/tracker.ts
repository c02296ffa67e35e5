/** Jira's issues. Creates are the user's; the app searches, links and repairs. */
import { route } from '@forge/api';
import * as z from 'zod';
import { AppFailure } from '../../domain/failure';
import { own } from '../../domain/own';
import { plainLine } from '../../domain/text';
import type { Actor, CreateIssueAnswer, IssueTracker, Texts, TicketLink, TrackedIssue } from '../../ports';
import { askProduct, read, Unavailable, type Answer, type Ask } from '../product-http';
import { descriptionOf, globalId, LABEL, mendedDescription, PROPERTY, propertyOf, remoteLinkOf } from './link';

const APP: Actor = { as: 'app' };
const USER: Actor = { as: 'user' };
const BULK = 100;
const ask = (actor: Actor, path: Parameters<typeof askProduct>[2], options: Ask = {}): Promise<Answer> => askProduct('requestJira', actor, path, options);

const made = z.object({ id: z.string(), key: z.string() });
const issue = z.object({
  id: z.string(),
  key: z.string(),
  fields: z.object({
    summary: z.string().nullish(),
    created: z.string().nullish(),
    duedate: z.string().nullish(),
    status: z.object({ statusCategory: z.object({ key: z.string() }).nullish() }).nullish(),
  }),
});
const issues = z.object({ issues: z.array(issue) });
const found = z.object({ issues: z.array(z.object({ id: z.string(), key: z.string() })) });
const refusal = z.object({ errorMessages: z.array(z.string()).catch([]), errors: z.record(z.string(), z.string()).catch({}) });
const marked = z.object({
  fields: z.object({ labels: z.array(z.string()).nullish() }),
  properties: z.record(z.string(), z.object({ link: z.string().nullish() })).nullish(),
});
const project = z.object({ id: z.string(), key: z.string(), name: z.string() });
const issueTypes = z.object({ issueTypes: z.array(z.object({ id: z.string(), name: z.string() })) });

/** Not there, not to be seen, or no Jira at all: to a caller these look alike. */
const hidden = (status: number): boolean => status === 401 || status === 403 || status === 404;

function tracked({ id, key, fields }: z.output<typeof issue>): TrackedIssue {
  return { id, key, summary: fields.summary ?? '', createdAt: fields.created == null ? null : Date.parse(fields.created), dueDate: fields.duedate ?? null, done: fields.status?.statusCategory?.key === 'done' };
}

/** Jira's names of fields, as the contract names them. */
const FIELDS: Readonly<Record<string, string>> = { summary: 'summary', assignee: 'assignee', duedate: 'dueDate', priority: 'priority', project: 'projectId', issuetype: 'issueTypeId' };
function refused(answer: Answer): CreateIssueAnswer {
  const parsed = refusal.safeParse(answer.body);
  const { errorMessages, errors } = parsed.success ? parsed.data : { errorMessages: [], errors: {} };
  const [field, sentence] = Object.entries(errors)[0] ?? [null, errorMessages[0] ?? ''];
  return { outcome: 'refused', field: field === null ? null : (own(FIELDS, field) ?? `fields.${field}`), detail: plainLine(sentence, 300) };
}

export function createIssueTracker({ texts }: { readonly texts: () => Promise<Texts> }): IssueTracker {
  /** Leaves property, link, label and description as they should be. False: the actor may not, or not any more. */
  async function show(issueId: string, link: TicketLink, actor: Actor): Promise<boolean> {
    const property = await ask(actor, route`/rest/api/3/issue/${issueId}/properties/${PROPERTY}`, { method: 'PUT', json: propertyOf(link) });
    if (hidden(property.status)) return false;
    if (!property.ok) throw new AppFailure('internal');
    const remote = await ask(actor, route`/rest/api/3/issue/${issueId}/remotelink`, { method: 'POST', json: remoteLinkOf(link, await texts()), reads: true });
    if (hidden(remote.status)) return false;
    if (!remote.ok) throw new AppFailure('internal');
    const known = await ask(actor, route`/rest/api/3/issue/${issueId}?fields=labels,description`);
    if (hidden(known.status)) return false;
    const { fields } = read(z.object({ fields: z.object({ labels: z.array(z.string()).nullish(), description: z.unknown() }) }), known);
    const labelled = (fields.labels ?? []).includes(LABEL);
    const wanted = link.visibility === 'public';
    const description = mendedDescription(fields.description ?? null, link, null, await texts());
    if (labelled === wanted && description === undefined) return true;
    const json = {
      ...(labelled === wanted ? {} : { update: { labels: [wanted ? { add: LABEL } : { remove: LABEL }] } }),
      ...(description === undefined ? {} : { fields: { description } }),
    };
    // Some screens lack these fields: the link itself stands.
    return !hidden((await ask(actor, route`/rest/api/3/issue/${issueId}`, { method: 'PUT', json })).status);
  }

  /** False: the actor may not see the issue, or it is gone. What is another incident's by now stays. */
  async function clear(issueId: string, linkId: string, actor: Actor): Promise<boolean> {
    const known = await ask(actor, route`/rest/api/3/issue/${issueId}?fields=labels&properties=${PROPERTY}`);
    if (hidden(known.status)) return false;
    const { fields, properties } = read(marked, known);
    await ask(actor, route`/rest/api/3/issue/${issueId}/remotelink?globalId=${globalId({ linkId })}`, { method: 'DELETE' });
    if (properties?.[PROPERTY]?.link !== linkId) return true;
    if ((fields.labels ?? []).includes(LABEL)) await ask(actor, route`/rest/api/3/issue/${issueId}`, { method: 'PUT', json: { update: { labels: [{ remove: LABEL }] } } });
    // Last: without it nobody who comes again would know that the label is ours.
    await ask(actor, route`/rest/api/3/issue/${issueId}/properties/${PROPERTY}`, { method: 'DELETE' });
    return true;
  }

  return {
    async issue(idOrKey, actor) {
      const answer = await ask(actor, route`/rest/api/3/issue/${idOrKey}?fields=summary,created,duedate,status`);
      return hidden(answer.status) ? null : tracked(read(issue, answer));
    },

    async present() {
      return !hidden((await ask(USER, route`/rest/api/3/myself`)).status);
    },

    async create(input, link, context) {
      const { summary, assignee, dueDate, priority, projectId, issueTypeId, fields } = input;
      const description = descriptionOf(link, context, await texts());
      const json = {
        fields: {
          ...fields,
          summary,
          project: { id: projectId },
          issuetype: { id: issueTypeId },
          ...(assignee === null ? {} : { assignee: { accountId: assignee } }),
          ...(dueDate === null ? {} : { duedate: dueDate }),
          ...(priority === null ? {} : { priority: { id: priority } }),
          ...(description === null ? {} : { description }),
          ...(link.visibility === 'public' ? { labels: [LABEL] } : {}),
        },
        properties: [{ key: PROPERTY, value: propertyOf(link) }],
      };
      try {
        const answer = await ask(USER, route`/rest/api/3/issue`, { method: 'POST', json });
        if (answer.ok) return { outcome: 'created', issue: read(made, answer) };
        if (answer.status === 404 || answer.status === 401) return { outcome: 'absent' };
        return refused(answer);
      } catch (error) {
        if (error instanceof Unavailable && error.status === 429) throw error;
        // Anything else may have come after the issue was made.
        return { outcome: 'unknown' };
      }
    },

    async findByLink(linkId, actor) {
      const jql = `issue.property[${PROPERTY}].link = "${linkId}" ORDER BY created ASC`;
      const answer = await ask(actor, route`/rest/api/3/search/jql`, { method: 'POST', json: { jql, fields: ['summary'], maxResults: 5 }, reads: true });
      return answer.ok ? read(found, answer).issues.map(({ id, key }) => ({ id, key })) : [];
    },

    async show(issueId, link) {
      // The user's own rights where the app has none; without a user there is nobody else to ask.
      if (await show(issueId, link, APP)) return true;
      return await show(issueId, link, USER).catch(() => false);
    },

    async clear(issueId, linkId) {
      if (await clear(issueId, linkId, APP)) return true;
      return await clear(issueId, linkId, USER).catch(() => false);
    },

    async read(ids, actor) {
      const all: TrackedIssue[] = [];
      for (let start = 0; start < ids.length; start += BULK) {
        const json = { issueIdsOrKeys: ids.slice(start, start + BULK), fields: ['summary', 'created', 'duedate', 'status'] };
        const answer = await ask(actor, route`/rest/api/3/issue/bulkfetch`, { method: 'POST', json, reads: true });
        if (hidden(answer.status)) return all;
        all.push(...read(issues, answer).issues.map(tracked));
      }
      return all;
    },

    async project(projectId, issueTypeId) {
      const answer = await ask(USER, route`/rest/api/3/project/${projectId}`);
      if (hidden(answer.status)) return null;
      const known = read(project, answer);
      const types = await ask(USER, route`/rest/api/3/issue/createmeta/${known.id}/issuetypes?maxResults=200`);
      const type = hidden(types.status) ? undefined : read(issueTypes, types).issueTypes.find(({ id }) => id === issueTypeId);
      return type === undefined ? null : { projectId: known.id, projectKey: known.key, projectName: plainLine(known.name, 100), issueTypeId: type.id, issueTypeName: plainLine(type.name, 60) };
    },
  };
}
