import { readJest, readPlaywright } from '../steps';

test('a jest report: every test once, a suite that could not be loaded is a failure', () => {
  const assertionResults = [
    { fullName: 'a', status: 'passed' },
    { fullName: 'b', status: 'passed' },
    { fullName: 'c', status: 'failed' },
    { fullName: 'd', status: 'pending' },
    { fullName: 'e', status: 'todo' },
  ];
  const text = JSON.stringify({ numRuntimeErrorTestSuites: 1, testResults: [{ assertionResults }, { assertionResults: [] }] });
  expect(readJest(text)).toEqual({ passed: 2, failed: 2, skipped: ['d', 'e'] });
});

test('a Playwright report: nested suites, a story without its turn is skipped, an error outside a story is a failure', () => {
  const spec = (title: string, status: string): object => ({ title, tests: [{ status }] });
  const text = JSON.stringify({
    suites: [{ specs: [spec('a', 'expected')], suites: [{ specs: [spec('b', 'unexpected'), spec('c', 'skipped'), spec('d', 'flaky')] }] }],
    errors: [{ message: 'the site did not start' }],
  });
  expect(readPlaywright(text)).toEqual({ passed: 1, failed: 3, skipped: ['c'] });
});
