import type { HomeView, SpaceView } from '../contract';
import { isUnjudged } from '../domain/candidate';
import { notFound, AppFailure } from '../domain/failure';
import type { Candidate, IncidentHead, Settings } from '../domain/model';
import { homeOf } from '../domain/rules';
import type { Ports } from '../ports';
import type { Caller } from './caller';
import { configured, isKeeper } from './prove';
import { isHomeless } from './refusals';
import { declareGroupMissing, proveDeclarer } from './rights';
import { noteSubject } from './subjects';
import { candidateView, headView } from './views';

const CANDIDATES = 100;
const INCIDENTS = 50;

async function spacesOf(ports: Ports, settings: Settings, keptOut: boolean): Promise<readonly SpaceView[]> {
  const keys = [...new Set(settings.services.map((service) => service.spaceKey))];
  const spaces = keys.length === 0 ? [] : await ports.access.spaces(keys);
  return spaces.map((space) => ({
    id: space.id,
    key: space.key,
    name: space.name,
    services: settings.services.filter((service) => service.spaceKey === space.key).map((service) => service.name),
    canDeclare: space.canCreate && !keptOut,
  }));
}

function mayJudge(settings: Settings, spaces: readonly SpaceView[], isAdmin: boolean, candidate: Candidate): boolean {
  const home = homeOf(settings, candidate.alert.service);
  if (home !== null && spaces.some((space) => space.key === home.spaceKey)) return true;
  // Where its space is gone nobody else could.
  return isAdmin && (home === null || isHomeless(candidate));
}

/** Those whose page the caller may see; administrators also find incidents whose page is gone. */
async function visible(ports: Ports, heads: readonly IncidentHead[], isAdmin: boolean): Promise<readonly IncidentHead[]> {
  const pages = heads.flatMap((head) => (head.page === null ? [] : [head.page.id]));
  const seen = pages.length === 0 ? new Set<string>() : await ports.access.visiblePages(pages);
  return heads.filter(({ page, visibility }) => page !== null && (seen.has(page.id) || (isAdmin && page.state !== 'current' && visibility === 'public')));
}

function firingFirst(candidates: readonly Candidate[]): readonly Candidate[] {
  const isOver = ({ alert }: Candidate): number => (alert.closedAt === null ? 0 : 1);
  return [...candidates].sort((a, b) => isOver(a) - isOver(b) || b.openedAt - a.openedAt);
}

/** The Incidents page: only what the caller may see, proven in bulk. */
export async function loadHome(ports: Ports, caller: Caller): Promise<HomeView> {
  const [row, isAdmin] = await Promise.all([ports.settings.load(), ports.access.isAdmin()]);
  const now = ports.clock.now();
  // Without a key webhooks are all there is, once somebody has said which services go where.
  if (row === null || (row.value.apiKeyLast4 === null && row.value.services.length === 0)) return { configured: false, isAdmin, keepsSettings: false, declareGroup: null, scheme: null, spaces: [], candidates: [], moreCandidates: false, inDowntime: [], incidents: [], pageTemplates: [], now };
  const settings = row.value;
  const [declareGroup, keeps] = await Promise.all([declareGroupMissing(ports, settings, caller), isAdmin ? false : isKeeper(ports, caller, settings)]);
  const [spaces, waiting, over, quiet, open, ended] = await Promise.all([
    spacesOf(ports, settings, declareGroup !== null),
    ports.candidates.list(settings.conn, 'waiting', CANDIDATES),
    ports.candidates.list(settings.conn, 'over', CANDIDATES),
    ports.candidates.list(settings.conn, 'downtime', CANDIDATES),
    ports.incidents.list(settings.conn, 'open', INCIDENTS),
    ports.incidents.list(settings.conn, 'ended', INCIDENTS),
  ]);
  const incidents = await visible(ports, [...open, ...ended], isAdmin);
  const views = (candidates: readonly Candidate[]) => candidates.filter((candidate) => mayJudge(settings, spaces, isAdmin, candidate)).map((candidate) => candidateView(candidate, settings.orgName));
  return {
    configured: true,
    isAdmin,
    keepsSettings: keeps,
    declareGroup,
    scheme: settings.scheme,
    spaces,
    candidates: views(firingFirst([...waiting, ...over])),
    moreCandidates: [waiting, over].some(({ length }) => length === CANDIDATES),
    inDowntime: views(quiet),
    incidents: incidents.map(headView),
    pageTemplates: spaces.some(({ canDeclare }) => canDeclare) ? settings.pageTemplates.map(({ id, name }) => ({ id, name })) : [],
    now,
  };
}

/** A person says: not an incident. The alert does not come back as a candidate. */
export async function dismissCandidate(ports: Ports, caller: Caller, candidateId: string): Promise<{ candidateId: string }> {
  const settings = await configured(ports);
  for (let tries = 0; tries < 5; tries += 1) {
    const row = await ports.candidates.get(candidateId);
    if (row === null || row.value.conn !== settings.conn) throw notFound();
    const isAdmin = await ports.access.isAdmin();
    const spaces = await spacesOf(ports, settings, false);
    if (!mayJudge(settings, spaces, isAdmin, row.value)) throw notFound();
    const home = homeOf(settings, row.value.alert.service);
    if (!isAdmin && spaces.find((space) => space.key === home?.spaceKey)?.canDeclare !== true) throw new AppFailure('forbidden');
    // Who may not declare does not decide that there is nothing to declare.
    await proveDeclarer(ports, settings, caller);
    if (!isUnjudged(row.value)) return { candidateId };
    // First, so that what comes next of it finds the word even if this call dies here.
    await noteSubject(ports, settings.conn, row.value.alert, true);
    if (await ports.candidates.put({ ...row.value, state: 'dismissed', dismissedBy: caller.accountId }, row.ver)) return { candidateId };
  }
  throw new AppFailure('busy', 'error.busy', {}, null, 1000);
}
