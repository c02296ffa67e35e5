/** Pictures of frozen values as PNG: a browser reads the SVG, draws it and hands it back; it is kept with whose browser it was. */
import type { DrawAnswer } from '../contract';
import { claimDrawing, DRAWING_MAX, fits, keepDrawing, pictureOf, type PartOf } from '../domain/evidence-drawing';
import { badRequest } from '../domain/failure';
import { pngSize } from '../domain/png';
import type { Ports } from '../ports';
import { readable, type Passes, type Reading } from './board';
import type { Caller } from './caller';
import { proveMayEdit } from './prove';
import { updateEvidence } from './update-evidence';

export async function evidenceSvg(ports: Ports, passes: Passes, caller: Caller, p: Reading & PartOf): Promise<{ readonly svg: string | null }> {
  const { incident } = await readable(ports, passes, caller, p);
  const evidence = (await ports.evidence.get(incident.head.id))?.value ?? null;
  const picture = evidence === null ? null : pictureOf(evidence, p);
  if (picture === null) return { svg: null };
  const { bytes } = await ports.evidenceFiles.read(evidence?.pageId ?? '', picture.file);
  return { svg: bytes === null ? null : new TextDecoder().decode(bytes) };
}

/** @throws AppFailure bad-request: it is no PNG, or none of that picture */
export async function keepEvidencePicture(ports: Ports, caller: Caller, p: PartOf & { readonly incidentId: string; readonly png: string }): Promise<{ readonly so: DrawAnswer }> {
  const head = await proveMayEdit(ports, caller, p.incidentId);
  const data = new Uint8Array(Buffer.from(p.png, 'base64'));
  const size = data.byteLength > DRAWING_MAX ? null : pngSize(data);
  if (size === null) throw badRequest('png');
  const mine = { id: ports.random.id(), by: caller.accountId, at: ports.clock.now() };
  let so = 'none' as DrawAnswer | 'mine';
  const claimed = await updateEvidence(ports, head.id, (known) => {
    so = 'none';
    if (known === null || known.pageId !== head.page?.id) return null;
    const picture = pictureOf(known, p);
    if (picture !== null && !fits(size, picture.size)) throw badRequest('png');
    const claim = claimDrawing(known, p, mine, data.byteLength);
    so = claim.so;
    return claim.evidence;
  });
  const picture = claimed === null ? null : pictureOf(claimed, p);
  if (claimed === null || picture === null) return { so: so === 'mine' ? 'none' : so };
  const file = await ports.evidenceFiles.attach(claimed.pageId ?? '', { name: picture.file.name.replace(/svg$/, 'png'), mediaType: 'image/png', data });
  const kept = await updateEvidence(ports, head.id, (known) => (known === null ? null : keepDrawing(known, mine.id, file)));
  return { so: kept === null ? 'there' : 'kept' };
}
