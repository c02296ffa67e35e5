import { graphConfigOf, graphFormOf } from '../../src/uikit/graph-form';

test.each([
  [undefined, { owner: null, metric: null, minutes: 60 }],
  [{ hostId: 'h1', metric: 'loadavg5', minutes: '180' }, { owner: 'host:h1', metric: 'loadavg5', minutes: 180 }],
  [{ service: 'shop', metric: 'orders', minutes: '7' }, { owner: 'service:shop', metric: 'orders', minutes: 60 }],
  [{ hostId: ['h1'], metric: '', minutes: null }, { owner: null, metric: null, minutes: 60 }],
  ['nothing', { owner: null, metric: null, minutes: 60 }],
])('the stored %j is edited as %j', (stored, form) => {
  expect(graphFormOf(stored)).toEqual(form);
});

test.each([
  [{ owner: 'host:h1', metric: 'loadavg5', minutes: 180 }, { hostId: 'h1', metric: 'loadavg5', minutes: '180' }],
  [{ owner: 'service:shop', metric: 'orders', minutes: 60 }, { service: 'shop', metric: 'orders', minutes: '60' }],
  [{ owner: null, metric: 'orders', minutes: 60 }, null],
  [{ owner: 'host:h1', metric: null, minutes: 60 }, null],
])('%j is stored as %j', (form, config) => {
  expect(graphConfigOf(form)).toEqual(config);
});
