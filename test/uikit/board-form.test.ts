import type { IncidentHeadView } from '../../src/contract';
import { configOf, formOf, incidentOptions } from '../../src/uikit/board-form';

const EVERY = ['state', 'alerts', 'graphs', 'hosts', 'similar', 'timeline', 'improvements'];

test.each([
  [undefined, { incidentId: null, sections: EVERY, compact: false }],
  [{ incidentId: 'i1', sections: 'timeline,alerts', compact: true }, { incidentId: 'i1', sections: ['alerts', 'timeline'], compact: true }],
  [{ incidentId: '', sections: '', compact: 'true' }, { incidentId: null, sections: EVERY, compact: false }],
  [{ incidentId: ['i1'], sections: 'secrets', compact: 1 }, { incidentId: null, sections: EVERY, compact: false }],
  [['i1'], { incidentId: null, sections: EVERY, compact: false }],
  [null, { incidentId: null, sections: EVERY, compact: false }],
])('the stored %j is edited as %j', (stored, form) => {
  expect(formOf(stored)).toEqual(form);
});

test('what is as it is by default is left out, and what the form does not know stays', () => {
  expect(configOf(formOf(undefined), undefined)).toEqual({});
  expect(configOf({ incidentId: 'i1', sections: ['timeline', 'state'], compact: true }, null)).toEqual({ incidentId: 'i1', sections: 'state,timeline', compact: true });
  const own = { incidentId: 'i1', nonce: 'n-1', sections: 'state', compact: true };
  expect(configOf(formOf(own), own)).toEqual(own);
  expect(configOf({ ...formOf(own), incidentId: null, sections: formOf(null).sections, compact: false }, own)).toEqual({ nonce: 'n-1' });
});

const head = (id: string, key: string, declaredAt: number, status: IncidentHeadView['status']): IncidentHeadView =>
  ({ id, key, title: `<b>${id}</b>`, declaredAt, status }) as IncidentHeadView;
const texts = { own: 'own', unlisted: 'unlisted', status: (status: string) => status.toUpperCase() };

test('the page’s own incident comes first, the others newest first, and a stored one is never dropped', () => {
  const incidents = [head('a', '2026-001', 1, 'closed'), head('b', '2026-002', 2, 'investigating')];
  const listed = [
    { value: 'b', label: '2026-002 <b>b</b> (INVESTIGATING)' },
    { value: 'a', label: '2026-001 <b>a</b> (CLOSED)' },
  ];
  expect(incidentOptions(incidents, null, texts)).toEqual([{ value: '', label: 'own' }, ...listed]);
  expect(incidentOptions(incidents, 'a', texts)).toEqual([{ value: '', label: 'own' }, ...listed]);
  expect(incidentOptions(incidents, 'z', texts)).toEqual([{ value: '', label: 'own' }, { value: 'z', label: 'unlisted' }, ...listed]);
});
