/** Rules to begin with, for what Mackerel has. */
import { presets, productionRoles } from '../../src/domain/presets';

test.each([
  [['shop:web', 'shop-prod:web', 'blog:production-db', 'blog:products'], ['shop-prod:web', 'blog:production-db']],
  [['店:本番-web', 'shop:web'], ['店:本番-web']],
  [['shop:web', 'shop:db'], ['shop:web', 'shop:db']],
  [[], []],
])('of %j these are production: %j', (roles, wanted) => {
  expect(productionRoles(roles)).toEqual(wanted);
});

test('three of them, each with ids of its own rules that stay the same', () => {
  const [critical, people, production] = presets(['shop-prod:web', 'shop-prod:db', 'shop-dev:web']);
  expect(critical?.rules.map(({ when: { statuses, role }, then }) => [statuses, role, then])).toEqual([[['CRITICAL'], null, { action: 'declare', severity: 'pending', kind: 'incident', spaceKey: null }]]);
  expect([people?.rules, people?.fallback]).toEqual([[], 'candidate']);
  expect(production?.rules.map(({ id, when }) => [id, when.role])).toEqual([['preset-role-1', 'shop-prod:web'], ['preset-role-2', 'shop-prod:db']]);
});

test('without roles there are none to go by, and of very many the first fifty are taken', () => {
  expect(presets([]).map(({ id }) => id)).toEqual(['critical', 'people']);
  expect(presets(Array.from({ length: 80 }, (_, n) => `shop:r${n}`))[2]?.rules).toHaveLength(50);
});
