/** The real world, as the use cases see it. */
import { fetch } from '@forge/api';
import type { Ports } from '../ports';
import { createAccess } from './confluence/access';
import { createPeople } from './confluence/people';
import { createPageWriter } from './confluence/pages';
import { createTemplateShelf } from './confluence/shelf';
import { createIncidentStore } from './kvs/incidents';
import { createIssueTracker } from './jira/tracker';
import { createCandidateStore, createCells, createClaims, createHintStore, createNoticeStore, createSagaStore, createTicketStore } from './kvs/rows';
import { createSettingsStore } from './kvs/settings';
import { createMackerelClient } from './mackerel/client';
import { createDrainQueue, createTicketQueue } from './queue';
import { createQuota } from './quota';
import { createLiveChannel } from './realtime';
import { createSlackNotifier } from './slack';
import { systemClock, systemRandom } from './system';
import { createTexts } from './texts';
import { createWebhookAddress } from './webhook';

/** Holds no state of an installation: everything is looked up in the call it serves, so one set serves every call. */
export function createPorts(): Ports {
  const settings = createSettingsStore();
  const texts = createTexts();
  const mackerelWith: Ports['mackerelWith'] = (apiKey) => createMackerelClient({ apiKey, fetch, clock: systemClock });
  return {
    clock: systemClock,
    random: systemRandom,
    mackerel: async () => {
      const apiKey = await settings.entered('apiKey');
      return apiKey === null ? null : mackerelWith(apiKey);
    },
    mackerelWith,
    incidents: createIncidentStore(),
    claims: createClaims(),
    cells: createCells(),
    hints: createHintStore(),
    candidates: createCandidateStore(),
    sagas: createSagaStore(),
    notices: createNoticeStore(),
    tickets: createTicketStore(),
    issues: createIssueTracker({ texts }),
    ticketQueue: createTicketQueue(),
    settings,
    access: createAccess(),
    people: createPeople(),
    pages: createPageWriter({ texts, id: systemRandom.id, org: async () => (await settings.load())?.value.orgName ?? null }),
    shelf: createTemplateShelf({ texts, id: systemRandom.id }),
    live: createLiveChannel(systemClock.now),
    notifier: async () => {
      const url = await settings.entered('slackUrl');
      return url === null ? null : createSlackNotifier(url);
    },
    queue: createDrainQueue(),
    texts,
    webhook: createWebhookAddress(),
    quota: createQuota(),
  };
}
