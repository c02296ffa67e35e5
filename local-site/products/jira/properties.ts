/** Issue properties: JSON by key, kept by apps. */
import { object } from '../http';
import { Refusal } from '../refusal';
import type { Sql } from '../sql';

const KEY_MAX = 255;
const VALUE_MAX = 32_768;

/** Whether the property is new. */
export function setProperty(sql: Sql, issueId: number, key: string, value: unknown): boolean {
  if (key === '' || key.length > KEY_MAX) throw new Refusal(400, `The property key has to be between 1 and ${KEY_MAX} characters long.`);
  const json = value === undefined ? '' : JSON.stringify(value);
  if (json === '' || json.length > VALUE_MAX) throw new Refusal(400, `The property value has to be JSON of at most ${VALUE_MAX} characters.`);
  const isNew = sql.get('SELECT 1 FROM jira_properties WHERE issue_id = ? AND key = ?', issueId, key) === null;
  sql.run('INSERT OR REPLACE INTO jira_properties VALUES (?, ?, ?)', issueId, key, json);
  return isNew;
}

/** The `properties` of a request that writes an issue. */
export function setProperties(sql: Sql, issueId: number, listed: unknown): void {
  for (const each of Array.isArray(listed) ? (listed as unknown[]) : []) {
    const { key, value } = object(each);
    setProperty(sql, issueId, typeof key === 'string' ? key : '', value);
  }
}
