/** Whoever has no licensed account of the product learns nothing, whatever verb they call and whatever they ask it. */
import { READING } from '../../src/handlers/license';
import { resolver, verbs } from '../../src/index';
import type { Verb } from '../../src/contract';

const names = Object.keys(verbs) as Verb[];
const SAME = { ok: false, error: { code: 'no-account', messageKey: 'error.no-account', params: {}, field: null, retryAfterMs: null } };
const OUTSIDERS = [
  ['a visitor without an account', undefined, {}],
  ['an account nobody identified', 'unidentified', {}],
  ['a visitor the product calls anonymous', 'acc-somebody', { accountType: 'anonymous' }],
  ['an account without a license', 'acc-somebody', { accountType: 'unlicensed' }],
  ['a customer of a help desk', 'acc-somebody', { accountType: 'customer' }],
] as const;

/** As the platform calls it. No storage, no product and no Mackerel is there: whoever asked one would fail otherwise. */
const call = (functionKey: string, payload: unknown, accountId: string | undefined, context: object, license?: { active: boolean }): Promise<unknown> =>
  resolver({ call: { functionKey, payload }, context } as unknown as Parameters<typeof resolver>[0], { installContext: 'ari:cloud:confluence::site/x', ...(accountId === undefined ? {} : { principal: { accountId } }), ...(license === undefined ? {} : { license }) });

describe.each(names)('%s', (name) => {
  test.each(OUTSIDERS)('to %s', async (_who, accountId, context) => {
    for (const payload of [{}, { incidentId: 'i1', pageId: '1' }, null]) expect(await call(name, payload, accountId, context)).toEqual(SAME);
    // Also where the app is paused: that it is so is nothing for them.
    expect(await call(name, {}, accountId, context, { active: false })).toEqual(SAME);
  });
});

test('a licensed account comes further: to what it asks for, or to the pause', async () => {
  for (const name of names.filter((one) => !READING.has(one))) {
    expect(await call(name, { wrong: true }, 'acc-somebody', { accountType: 'licensed' }, { active: false })).toMatchObject({ error: { code: 'license-inactive' } });
  }
  // The context's word counts only against its sender: who calls is the platform's word.
  expect(await call('home.load', {}, undefined, { accountId: 'acc-alice', accountType: 'licensed' })).toEqual(SAME);
});
