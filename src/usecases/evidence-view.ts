import type { EvidenceCopyView, EvidenceFileView, EvidenceView, PersonRef } from '../contract';
import type { Evidence, EvidenceCopy, EvidenceFile } from '../domain/evidence';
import { alertOf } from '../domain/alert-record';
import { undrawn } from '../domain/evidence-drawing';
import type { Ports } from '../ports';
import { readable, type Passes } from './board';
import type { Caller } from './caller';
import { alertTitle } from './freeze-images';

/** The site's own address of the file, in the version that was frozen. */
function urlOf(pageUrl: string, pageId: string, { name, version }: EvidenceFile): string {
  const base = /^(.*?\/wiki)\//.exec(pageUrl)?.[1] ?? '';
  return `${base}/download/attachments/${pageId}/${encodeURIComponent(name)}?version=${version}`;
}

const person = (by: string | null | undefined): PersonRef | null => (by == null ? null : { accountId: by });

/** What is to be there soon: asked for, or being made without a part of it being there. */
function comingOf(evidence: Evidence, now: number): EvidenceView['coming'] {
  const { wish, work, holder, copies } = evidence;
  const isBegun = holder?.copy !== undefined && holder.until > now && holder.copy !== copies.at(-1)?.n;
  return work === 'due' && (wish != null || isBegun) ? { by: person(wish?.by) } : null;
}

/** Every file is looked for; one that has another version now is compared by its hash. */
export async function loadEvidence(ports: Ports, passes: Passes, caller: Caller, p: { incidentId: string; pass: string; viewing?: string | undefined }): Promise<EvidenceView> {
  const { incident } = await readable(ports, passes, caller, p);
  const now = ports.clock.now();
  const evidence = (await ports.evidence.get(incident.head.id))?.value ?? null;
  if (evidence === null) return { copies: [], work: 'rest', trouble: null, coming: null, toDraw: [], now };
  const { pageId } = evidence;
  const there = pageId === null ? new Map<string, never>() : await ports.evidenceFiles.now(pageId);
  const look = async (kind: EvidenceFileView['kind'], file: EvidenceFile, { title = null, drawnBy = null }: Partial<Pick<EvidenceFileView, 'title' | 'drawnBy'>> = {}): Promise<EvidenceFileView> => {
    const { name, bytes, sha256 } = file;
    const so = { kind, title, drawnBy, name, url: urlOf(incident.head.page?.url ?? '', pageId ?? '', file), bytes, sha256, by: null, at: null };
    const current = there.get(file.id);
    if (current === undefined) return { ...so, state: 'gone' };
    if (current.version === file.version) return { ...so, state: 'same' };
    const { replaced } = await ports.evidenceFiles.read(pageId ?? '', file);
    return replaced === null ? { ...so, state: 'same' } : { ...so, state: 'replaced', by: person(replaced.by), at: replaced.at };
  };
  const shown = async ({ n, at, wish, phase, alerts, parts, images = [], left, done }: EvidenceCopy): Promise<EvidenceCopyView> => {
    const drawings = (evidence.drawn ?? []).flatMap(({ n: of, by, file }) => (of === n && file !== null ? [{ by, file }] : []));
    const nameOf = (id: string): string | null => {
      const alert = alertOf(incident, id);
      return alert === null ? null : alertTitle(alert);
    };
    const files = [...parts.flatMap(({ data, picture }) => [look('data', data), ...(picture === null ? [] : [look('picture', picture)])]), ...drawings.map(({ file, by }) => look('drawn', file, { drawnBy: person(by) })), ...images.map(({ alertId, file }) => look('image', file, { title: nameOf(alertId) }))];
    return { n, at, by: person(wish?.by), phase, alerts: alerts.length, series: parts.reduce((sum, part) => sum + part.series.length, 0), files: await Promise.all(files), left, underWay: !done };
  };
  return { copies: await Promise.all([...evidence.copies].reverse().map(shown)), work: evidence.work === 'due' ? 'due' : 'rest', trouble: evidence.trouble, coming: comingOf(evidence, now), toDraw: undrawn(evidence), now };
}
