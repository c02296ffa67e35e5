import { answers, dialogs, refused, resetBridge, said, sent } from './bridge';
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import type { HostDetailView } from '../../src/contract';
import { Board } from '../../static/ui/src/board/Board';
import { board, delta, head, MINUTE, show, T0 } from './samples';

const place = { target: { pageId: '11', incidentId: null }, place: 'page' as const };
const detail: HostDetailView = {
  id: 'h1', name: 'web-01', status: 'working', roles: ['shop: web'], url: 'https://mackerel.io/orgs/demo/hosts/h1', memo: 'rack 7\n<b>hot</b>', agent: 'mackerel-agent/0.87.0',
  interfaces: [{ name: 'eth0', addresses: ['10.0.0.5', 'fe80::1'] }], lastSeen: T0 + 23 * MINUTE,
  sparks: [{ metric: 'loadavg5', labelKey: 'host.spark.load', unit: null, points: [{ at: T0, value: 1 }, { at: T0 + MINUTE, value: 2.5 }] }, { metric: 'gpu', labelKey: 'host.spark.gpu', unit: 'percentage', points: [] }],
};
const open = (mackerel = false): void => {
  answers['board.load'] = () => said(board({ can: { edit: true, mackerel } }));
  show(<Board {...place} />);
};
const expand = async (): Promise<void> => {
  await waitFor(() => expect((screen.getByRole('button', { name: 'web-01' }) as HTMLButtonElement).disabled).toBe(false));
  fireEvent.click(screen.getByRole('button', { name: 'web-01' }));
};
beforeEach(() => {
  resetBridge();
  answers['board.changes'] = () => said(delta());
  answers['board.host'] = () => said(detail);
});
afterEach(cleanup);

test('a host is read when it is opened, and not before', async () => {
  open();
  await expand();
  await screen.findByText('mackerel-agent/0.87.0');
  expect(sent('board.host')).toEqual([{ incidentId: 'i1', hostId: 'h1', pass: 'pass-2' }]);
  for (const text of ['Load average (5 min)', '2.5', 'Metric', 'no value', '10.0.0.5, fe80::1']) expect(screen.getByText(text)).toBeTruthy();
  expect(document.querySelector('.host-memo')?.textContent).toBe('rack 7\n<b>hot</b>');
  expect(screen.queryByRole('button', { name: 'Change status of host web-01' })).toBeNull();
});

test('one that cannot be read says why and is asked for again', async () => {
  answers['board.host'] = () => refused('not-found', null, { messageKey: 'error.host-gone' });
  open();
  await expand();
  await screen.findByText(/Mackerel does not know this host any more/);
  answers['board.host'] = () => said(detail);
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await screen.findByText('mackerel-agent/0.87.0');
});

test('its status is changed in Mackerel only by those who may, after a yes', async () => {
  answers['host.status'] = () => said(head({ version: 8 }));
  open(true);
  await expand();
  const choose = async (): Promise<void> => {
    fireEvent.click(await screen.findByRole('button', { name: 'Change status of host web-01' }));
    fireEvent.click(screen.getByRole('button', { name: 'Maintenance' }));
  };
  await choose();
  await waitFor(() => expect(dialogs.opened).toHaveLength(1));
  expect(dialogs.opened[0]?.given['text']).toEqual(['Host web-01: Working → Maintenance. The change is made in Mackerel for everybody.']);
  dialogs.answer = { reason: '' };
  await choose();
  await waitFor(() => expect(sent('host.status')).toEqual([{ incidentId: 'i1', opId: expect.any(String), hostId: 'h1', status: 'maintenance' }]));
});
