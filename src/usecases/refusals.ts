/**
 * Declarations by rules whose page Confluence refused for good. Nothing more is declared by itself in that space, and people
 * are asked in its place, until an administrator lets it be tried again or gives it up.
 */
import type { Candidate, DeclareIntent, Why } from '../domain/model';
import type { Ports } from '../ports';

const REFUSED = 'candidate.why.refused';
const NO_SPACE = 'candidate.why.no-space';
interface RefusalCell {
  readonly incidentId: string;
}
const refusalKey = (conn: string, spaceKey: string): string => `refused:${conn}:${spaceKey}`;

/** Remembered before the declaration is taken back; it counts once its saga is dead. */
export async function noteRefusal(ports: Ports, { conn, space, incidentId }: DeclareIntent): Promise<void> {
  const row = await ports.cells.get<RefusalCell>(refusalKey(conn, space.key));
  // Another one refused at this moment is as good.
  await ports.cells.put<RefusalCell>(refusalKey(conn, space.key), 'refusal', { incidentId }, row?.ver ?? null);
}

/** The refused declaration that stands in the way of others in the space; null: none does. */
export async function refusalIn(ports: Ports, conn: string, spaceKey: string): Promise<string | null> {
  const row = await ports.cells.get<RefusalCell>(refusalKey(conn, spaceKey));
  if (row === null) return null;
  return (await ports.sagas.get(row.value.incidentId))?.value.state === 'dead' ? row.value.incidentId : null;
}

/** Why a person is asked. `incidentId`: of the refused declaration. */
export const refusedWhy = (spaceKey: string, incidentId: string): Why => ({ key: REFUSED, params: { space: spaceKey, incident: incidentId } });

/** The same where there is no such space, so that nothing was begun. */
export const homelessWhy = (spaceKey: string): Why => ({ key: NO_SPACE, params: { space: spaceKey } });
export const isHomeless = ({ whyKey }: Candidate): boolean => whyKey === NO_SPACE;

/** True while the candidate waits because of a refusal nobody has mended. `spaceKey`: where rules would declare it now. */
export async function isRefused(ports: Ports, { state, whyKey, whyParams }: Candidate, spaceKey: string): Promise<boolean> {
  if (state !== 'waiting' || whyKey !== REFUSED || whyParams['space'] !== spaceKey) return false;
  return (await ports.sagas.get(String(whyParams['incident'])))?.value.again !== true;
}
export const wasRefused = ({ whyKey }: Candidate): boolean => whyKey === REFUSED;
