/** A model that puts parts of a review into sentences: none as the app is delivered, and one plugged in where adapters/drafter.ts is. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { declareDesk } from './desk';
import { startTestSite, type TestSite } from './harness';

const root = path.join(__dirname, '..', '..');
/** Says what it was given; of the times nothing, and of questions something no screen may be given as it is. */
const MODEL = `export const drafter = { async draft({ title, facts, lang }) {
  if (title.includes('Phases')) throw new Error('overloaded');
  if (title.includes('questions')) return '\\u202Eevil\\u200B ' + 'x'.repeat(100000);
  return JSON.stringify({ lang, title, facts });
} };`;

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'with-a-model-'));
  const plugged = { name: 'a model', setup: ({ onLoad }: { onLoad: (at: { filter: RegExp }, load: () => { contents: string }) => void }) => onLoad({ filter: /adapters[\\/]drafter\.ts$/ }, () => ({ contents: MODEL })) };
  await build({ absWorkingDir: root, entryPoints: ['src/index.ts'], outfile: path.join(folder, 'index.cjs'), bundle: true, platform: 'node', format: 'cjs', target: 'node20', logLevel: 'error', plugins: [plugged] });
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function onSite(options: Parameters<typeof startTestSite>[0], look: (site: TestSite, incidentId: string) => Promise<void>): Promise<void> {
  const site = await startTestSite(options);
  try {
    const desk = await declareDesk(site, 'Checkout is slow', 'SRE');
    await desk.press('alice', 'incident.status', { status: 'resolved' });
    await site.rest();
    await look(site, desk.incidentId);
  } finally {
    await site.stop();
  }
}

test('with a model: one part’s lines go in, plain text comes out, for those who may edit', () =>
  onSite({ bundle: path.join(folder, 'index.cjs') }, async (site, incidentId) => {
    const { draftable, sections } = await site.ok('alice', 'review.preview', { incidentId, entries: null });
    expect(draftable).toEqual(['summary', 'times', 'detection', 'impact', 'alerts', 'timeline', 'changes', 'questions']);
    const { text } = await site.ok('alice', 'review.draft', { incidentId, section: 'summary', entries: null });
    expect(JSON.parse(text ?? '')).toEqual({ lang: 'en', title: sections[0]?.title, facts: sections[0]?.lines.map((line) => line.text) });
    expect(text).toContain('Checkout is slow');
    const hostile = await site.ok('alice', 'review.draft', { incidentId, section: 'questions', entries: null });
    expect([hostile.text?.slice(0, 6), hostile.text?.length]).toEqual(['evil x', 3998]);
    expect(await site.invoke('alice', 'review.draft', { incidentId, section: 'times', entries: null })).toMatchObject({ ok: false, error: { code: 'internal', messageKey: 'error.draft-failed' } });
    expect(await site.outcome('alice', 'review.draft', { incidentId, section: 'people', entries: null })).toBe('bad-request');
    expect(await site.outcome('viewer', 'review.draft', { incidentId, section: 'summary', entries: null })).toBe('forbidden');
    expect(await site.bytes('mallory', 'review.draft', { incidentId, section: 'summary', entries: null })).toBe(await site.bytes('mallory', 'review.draft', { incidentId: '00000000-0000-4000-8000-000000000000', section: 'summary', entries: null }));
  }), 120_000);

test('as it is delivered there is none, and nothing offers it', () =>
  onSite({}, async (site, incidentId) => {
    expect((await site.ok('alice', 'review.preview', { incidentId, entries: null })).draftable).toEqual([]);
    expect(await site.ok('alice', 'review.draft', { incidentId, section: 'summary', entries: null })).toEqual({ text: null });
  }), 120_000);
