/** Monitors judge what was posted, and time itself: gone hosts, missing service metrics, URLs, expressions, queries, reminders. */
import type { World } from '../world';
import { anomalyJudge } from './anomaly';
import { expressionJudge } from './expression';
import { externalJudge } from './external';
import type { Lifecycle } from './lifecycle';
import { metricJudge } from './metrics';
import { queryJudge } from './query';
import { verdict } from './verdict';

export function judge(world: World, life: Lifecycle) {
  const apply = verdict(world, life);
  const { gone, missing, ...posted } = metricJudge(world, apply);
  const external = externalJudge(world, apply);
  const [expressions, queries, anomalies] = [expressionJudge(world, apply), queryJudge(world, apply), anomalyJudge(world, apply)];
  return {
    ...posted,
    /** Monitors of this address, at once. */
    url: (url: string): void => world.atomically(() => external.all(world.now(), url)),
    /** What passes with time alone. Called once per period. */
    time(): void {
      const now = world.now();
      world.atomically(() => {
        gone(now);
        missing(now);
        external.all(now);
        expressions.all(now);
        queries.all(now);
        anomalies.all();
        life.remind();
      });
    },
  };
}
export type Judge = ReturnType<typeof judge>;
