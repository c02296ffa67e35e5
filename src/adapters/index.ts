/** The real world, as the use cases see it. */
import { fetch, getAppContext } from '@forge/api';
import { named, SCHEME } from '../domain/scheme';
import type { Ports } from '../ports';
import { createAccess } from './confluence/access';
import { createPageAudience } from './confluence/audience';
import { createPeople } from './confluence/people';
import { createPageWriter } from './confluence/pages';
import { createReviewPage } from './confluence/review/page';
import { createReportPages } from './confluence/reports';
import { createTemplateShelf } from './confluence/shelf';
import { createEvidenceFiles } from './confluence/attachments';
import { createEvidenceStore } from './kvs/evidence';
import { createIncidentStore } from './kvs/incidents';
import { drafter } from './drafter';
import { isHoliday } from './holidays';
import { createIssueTracker } from './jira/tracker';
import { createCandidateStore, createCells, createClaims, createHintStore, createNoticeStore, createSagaStore, createTicketStore } from './kvs/rows';
import { createPeopleRows } from './kvs/people-rows';
import { createReviewStore } from './kvs/reviews';
import { createRowStore } from './kvs/erasure';
import { createSettingsStore } from './kvs/settings';
import { createMackerelClient } from './mackerel/client';
import { createAlertImages } from './mackerel/images';
import { createPrivacy } from './privacy';
import { createDrainQueue, createEvidenceQueue, createTicketQueue } from './queue';
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
  const site = async () => {
    const known = (await settings.load())?.value;
    return { org: known?.orgName ?? null, scheme: known?.scheme ?? SCHEME };
  };
  const mackerelWith: Ports['mackerelWith'] = (apiKey) => createMackerelClient({ apiKey, fetch, clock: systemClock });
  return {
    clock: systemClock,
    app: () => {
      const { appVersion, environmentType } = getAppContext();
      return { version: appVersion, environment: environmentType };
    },
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
    issues: createIssueTracker({ texts: async () => named(texts, (await site()).scheme) }),
    ticketQueue: createTicketQueue(),
    rows: createRowStore(),
    settings,
    access: createAccess(),
    people: createPeople(),
    pages: createPageWriter({ texts, id: systemRandom.id, site }),
    audience: createPageAudience(),
    reports: createReportPages(),
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
    peopleRows: createPeopleRows(),
    privacy: createPrivacy(systemClock),
    reviews: createReviewStore(),
    reviewPage: createReviewPage({ texts, site }),
    isHoliday,
    drafter,
    evidence: createEvidenceStore(),
    evidenceFiles: createEvidenceFiles(),
    alertImages: createAlertImages(fetch),
    evidenceQueue: createEvidenceQueue(),
  };
}
