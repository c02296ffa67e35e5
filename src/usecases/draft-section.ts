/** One part of the record put into sentences by a model, where there is one. Whoever asks takes the words along or leaves them. */
import type { FillSection, SectionDraft } from '../contract';
import { AppFailure, badRequest } from '../domain/failure';
import { plainText } from '../domain/text';
import type { Ports } from '../ports';
import type { Caller } from './caller';
import { previewFill } from './fill-review';

const CHARACTERS = 4_000;

/** From what the preview shows of the part, and nothing else. @throws AppFailure internal: the model failed; it is not asked again by itself */
export async function draftSection(ports: Ports, caller: Caller, p: { incidentId: string; section: FillSection; entries: readonly string[] | null }): Promise<SectionDraft> {
  const { sections, draftable } = await previewFill(ports, caller, p);
  const head = await ports.incidents.head(p.incidentId);
  if (ports.drafter === null || head === null) return { text: null };
  const part = draftable.includes(p.section) ? sections.find(({ id }) => id === p.section) : undefined;
  if (part === undefined) throw badRequest('section', 'error.bad-request');
  const said = await ports.drafter.draft({ title: part.title, facts: part.lines.map(({ text }) => text), lang: head.lang }).catch(() => '');
  const text = plainText(said.slice(0, CHARACTERS));
  if (text === '') throw new AppFailure('internal', 'error.draft-failed');
  return { text };
}
