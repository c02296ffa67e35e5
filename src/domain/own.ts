/** What the table itself has under a name that came from outside; nothing for `constructor` and its like. */
export const own = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined => (Object.hasOwn(table, name) ? table[name] : undefined);
