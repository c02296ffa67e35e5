/** One candidate per alert and connection. */
export function candidateId(conn: string, alertId: string): string {
  return `${conn}:${alertId}`;
}
