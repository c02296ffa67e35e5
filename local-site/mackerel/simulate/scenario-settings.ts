/** What a scenario sets besides posted metrics: what a URL answers, a downtime. Both are marked as its own and taken back. */
import { newId } from '../ids';
import type { Parts } from '../parts';
import { scenarioByName } from './scenarios';
import { URL_STATES } from './urls';

const EVERYTHING = { serviceExcludeScopes: [], roleScopes: [], roleExcludeScopes: [], monitorScopes: [], monitorExcludeScopes: [] };

export function scenarioSettings({ world, judge }: Pick<Parts, 'world' | 'judge'>) {
  const undo = (scenario: string): void => {
    for (const url of world.urls.all()) {
      if (url.scenario !== scenario) continue;
      world.urls.remove(url.id);
      judge.url(url.id);
    }
    for (const downtime of world.downtimes.all()) if (downtime.scenario === scenario) world.downtimes.remove(downtime.id);
  };
  return {
    undo,
    apply(scenario: string): void {
      undo(scenario);
      const { url, downtime } = scenarioByName(scenario) ?? {};
      if (url) {
        world.urls.save({ ...URL_STATES[url.state], id: url.url, scenario });
        judge.url(url.url);
      }
      if (downtime) {
        const { name, service } = downtime;
        world.downtimes.save({ id: newId(), name, memo: '', start: world.now(), duration: 60, recurrence: null, serviceScopes: [service], ...EVERYTHING, scenario });
      }
    },
  };
}
