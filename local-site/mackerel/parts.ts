/** The stand-in's working parts, assembled once and handed to routes, console and simulation. */
import { hostChanges, monitorChanges } from './changes';
import { ingest } from './ingest';
import { alertGroups } from './judge/alert-groups';
import { judge } from './judge/judge';
import { lifecycle } from './judge/lifecycle';
import { notifier } from './webhook/notify';
import { sender, type SenderSettings } from './webhook/sender';
import { ORG, type World } from './world';

export function assemble(world: World, settings: SenderSettings, unmodelled: (what: string) => void) {
  const send = sender(world, settings);
  const notify = notifier(world, send.kick);
  const groups = alertGroups(world, notify);
  const life = lifecycle(world, notify, groups);
  const judging = judge(world, life);
  return {
    world,
    org: ORG,
    unmodelled,
    sender: send,
    notify,
    groups,
    life,
    judge: judging,
    ingest: ingest(world, judging),
    hosts: hostChanges(world, life, notify),
    monitors: monitorChanges(world, life, notify),
  };
}
export type Parts = ReturnType<typeof assemble>;
