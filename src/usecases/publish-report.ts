/**
 * A report as a page below the incident's, written as whoever presses. Its place in the list is taken before the page is made and
 * filled in after; the page carries its own fingerprint, so that a press whose answer got lost finds the page it made.
 */
import type { ReportInput, ReportVersionView, Who } from '../contract';
import { AppFailure, badRequest, notFound } from '../domain/failure';
import type { IncidentHead } from '../domain/model';
import { begunReport, byPress, givenUp, madeReport, nextNumber, versionViews, VERSIONS_AT_MOST, type PublishedReport, type PublishedReports } from '../domain/published';
import type { Actor, PagePlace, Ports, WrittenPage } from '../ports';
import type { Caller } from './caller';
import { operation, proveEditor, type Pressed } from './press';
import { changeReports, publishedReports } from './published';
import { drawReport } from './report';

const USER: Actor = { as: 'user' };
const TITLES = 5;
/** A page that was asked for so long ago, ms, is there by now or never will be. */
const SURELY_MS = 120_000;

const changed = (): AppFailure => new AppFailure('conflict', 'error.report-changed', {}, 'seen');

type Page = NonNullable<IncidentHead['page']>;
async function homeOf(ports: Ports, { page, space }: IncidentHead): Promise<{ readonly page: Page; readonly place: PagePlace }> {
  if (page === null || page.state !== 'current') throw new AppFailure('conflict', 'error.page-gone');
  // It may have been moved to another space since.
  const there = await ports.pages.look(page.id, USER);
  if (there?.state !== 'current') throw new AppFailure('conflict', 'error.page-gone');
  return { page, place: { id: there.spaceId, key: space.key, parentId: page.id } };
}

/** Whom the incident's page is kept to; null: it is public. @throws AppFailure conflict where somebody opened it by hand */
async function keptTo(ports: Ports, head: IncidentHead, page: Page): Promise<readonly Who[] | null> {
  if (head.visibility !== 'private') return null;
  const audience = await ports.audience.read(page.id, USER);
  if (audience === null) throw new AppFailure('page-refused', 'error.page-refused.audience');
  const who = [...audience.people.map(({ accountId }): Who => ({ accountId })), ...audience.groups.map(({ id }): Who => ({ groupId: id }))];
  if (who.length === 0) throw new AppFailure('conflict', 'error.audience-open');
  return who;
}

async function found(ports: Ports, place: PagePlace, { title, sha256, by }: PublishedReport): Promise<WrittenPage | null> {
  for (let attempt = 0; attempt < TITLES; attempt += 1) {
    const page = await ports.reports.adopt(place, ports.reports.title(title, attempt), sha256, [by], USER);
    if (page !== null) return page;
  }
  return null;
}

async function make(ports: Ports, place: PagePlace, report: PublishedReport, adf: string, isPrivate: boolean): Promise<WrittenPage> {
  for (let attempt = 0; attempt < TITLES; attempt += 1) {
    const answer = await ports.reports.create(place, ports.reports.title(report.title, attempt), adf, report.sha256, isPrivate, [report.by], USER);
    if (answer.outcome === 'created') return answer.page;
    if (answer.outcome === 'refused') throw new AppFailure('page-refused', `error.page-refused.${answer.reason}`, { space: place.key });
    if (answer.ours !== null) return answer.ours;
  }
  throw new AppFailure('page-refused', 'error.page-refused.bad-page', { space: place.key });
}

/** The version as we wrote it is the first. */
const asMade = ({ id, url }: WrittenPage): NonNullable<PublishedReport['page']> => ({ id, url, version: 1 });

/** Presses that nobody came back to: their page is found, or they are given up. */
async function settle(ports: Ports, place: PagePlace, all: PublishedReports, own: string): Promise<PublishedReports> {
  let so = all;
  for (const one of all.versions.filter(({ page, opId, at }) => page === null && opId !== own && ports.clock.now() - at > SURELY_MS)) {
    const page = await found(ports, place, one);
    so = await changeReports(ports, all.incidentId, (now) => (page === null ? givenUp(now, one.opId) : madeReport(now, one.opId, asMade(page))));
  }
  return so;
}

/**
 * Exactly one page for a press. `seen` is the fingerprint of what the presser was shown.
 * @throws AppFailure conflict: the record says something else by now; page-refused: Confluence does not let the presser
 */
export async function publishReport(ports: Ports, caller: Caller, p: ReportInput & Pressed & { readonly seen: string }): Promise<{ readonly published: readonly ReportVersionView[] }> {
  const head = await proveEditor(ports, caller, p);
  const { opId, now } = operation(caller, p, ports.clock.now());
  const known = await publishedReports(ports, p.incidentId);
  const before = byPress(known, opId);
  if (before?.page != null) return { published: versionViews(known) };
  const { page: home, place } = await homeOf(ports, head);
  const who = await keptTo(ports, head, home);
  const all = await settle(ports, place, known, opId);
  const there = before === null ? null : await found(ports, place, before);
  const page = there ?? (await written());
  await kept(page);
  return { published: versionViews(await changeReports(ports, p.incidentId, (so) => madeReport(so, opId, asMade(page)))) };

  async function written(): Promise<WrittenPage> {
    const incident = await ports.incidents.load(p.incidentId);
    if (incident === null) throw notFound();
    const drawn = await drawReport(ports, incident, p, before?.n ?? nextNumber(all));
    const sha256 = ports.reports.sha256(JSON.stringify(drawn.sent));
    const own: PublishedReport = { n: before?.n ?? nextNumber(all), form: p.form, lang: p.lang, title: drawn.title, opId, by: caller.accountId, at: now, sha256, page: null };
    if (drawn.seen !== p.seen || (before !== null && before.sha256 !== sha256)) {
      if (before !== null) await giveUp();
      throw changed();
    }
    await changeReports(ports, p.incidentId, (so) => {
      if (byPress(so, opId) !== null) return so;
      if (nextNumber(so) !== own.n) throw changed();
      if (so.versions.length >= VERSIONS_AT_MOST) throw badRequest('form', 'error.report-many');
      return begunReport(so, own);
    });
    const adf = ports.reports.adf(drawn.sent, ports.texts.say(p.lang, 'report.fingerprint', { n: own.n, sha256 }));
    try {
      return await make(ports, place, before ?? own, adf, who !== null);
    } catch (error) {
      // Confluence said no: there is no such page. Of anything else nobody knows, and the press is tried again.
      if (error instanceof AppFailure && error.code === 'page-refused') await giveUp();
      throw error;
    }
  }

  async function kept({ id }: WrittenPage): Promise<void> {
    if (who === null) return;
    try {
      await ports.audience.keepTo(id, who, USER);
    } catch (error) {
      if (!(error instanceof AppFailure) || error.code !== 'page-refused') throw error;
      await ports.pages.remove(id, USER);
      await giveUp();
      throw error;
    }
  }
  async function giveUp(): Promise<void> {
    await changeReports(ports, p.incidentId, (so) => givenUp(so, opId));
  }
}
