import { EVERYTHING, passes, readFilter } from '../../local-site/runtime/event-filter';
import type { ProductEvent } from '../../local-site/types';

const UPDATED = 'avi:jira:updated:issue';
const event = (selfGenerated: boolean, issueProperties?: Record<string, unknown>): ProductEvent => ({ eventType: UPDATED, body: { selfGenerated }, ...(issueProperties === undefined ? {} : { issueProperties }) });

test('without a filter every event passes', () => {
  expect(readFilter({}, 'avi:confluence:moved:page')).toEqual(EVERYTHING);
  expect([passes(EVERYTHING, event(true)), passes(EVERYTHING, event(false, {}))]).toEqual([true, true]);
});

test('ignoreSelf drops what the app caused', () => {
  const filter = readFilter({ ignoreSelf: true }, UPDATED);
  expect([passes(filter, event(true)), passes(filter, event(false))]).toEqual([false, true]);
});

test.each([`issue.properties["mackerel_incident"] != null`, `event.issue?.properties?.['mackerel_incident'] != null`])('an expression lets through issues with the property: %s', (expression) => {
  const filter = readFilter({ expression }, UPDATED);
  expect([passes(filter, event(false, { mackerel_incident: { key: 'I-1' } })), passes(filter, event(false, { other: 1 })), passes(filter, event(false))]).toEqual([true, false, false]);
  expect(passes(readFilter({ expression, onError: 'RECEIVE_AND_LOG' }, UPDATED), event(false))).toBe(true);
});

test.each<[Record<string, unknown>, string, string]>([
  [{ ignoreSelf: true }, 'avi:confluence:updated:page', 'Trigger filtering with ignoreSelf works only with Jira events'],
  [{ expression: 'event.issue.fields?.project.key == "OPS"' }, UPDATED, 'not modelled by the local site: event.issue.fields'],
  [{ appIsLicensed: true }, UPDATED, 'filter appIsLicensed of avi:jira:updated:issue is not modelled'],
])('refused at the start: %j', (raw, type, sentence) => {
  expect(() => readFilter(raw, type)).toThrow(sentence);
});
