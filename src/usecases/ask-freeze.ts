/** "Freeze now": a copy that a person wants, also where nothing is new. */
import type { FreezeAnswer } from '../contract';
import { freshEvidence, wished, type Wish } from '../domain/evidence';
import { notFound } from '../domain/failure';
import { isFollowed } from '../domain/imported';
import type { Ports } from '../ports';
import type { Caller } from './caller';
import { operation, proveEditor, type Pressed } from './press';
import { updateEvidence } from './update-evidence';

export async function pressFreeze(ports: Ports, caller: Caller, p: Pressed): Promise<{ readonly so: FreezeAnswer }> {
  const head = await proveEditor(ports, caller, p);
  const incident = await ports.incidents.load(head.id);
  if (incident === null) throw notFound();
  // What a file told may be of another organization.
  if (!isFollowed(incident.head)) return { so: 'nothing' };
  const { opId, by, now } = operation(caller, p, ports.clock.now());
  const wish: Wish = { opId, by, at: now };
  let so = 'nothing' as FreezeAnswer;
  await updateEvidence(ports, head.id, (known) => {
    const answer = wished(incident, known ?? freshEvidence(head.id, head.conn, now), wish);
    so = answer.so;
    return answer.evidence;
  });
  // A refused push is no loss: the sweeper freezes what is due.
  if (so === 'coming' || so === 'under-way') await ports.evidenceQueue.request(head.id, 0);
  return { so };
}
