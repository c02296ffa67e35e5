/** What an opener hands to a dialog is parsed: it crossed two frames. */
type Given = Readonly<Record<string, unknown>>;

export const textOf = (given: Given, key: string): string => (typeof given[key] === 'string' ? given[key] : '');
export const linesOf = (given: Given, key: string): readonly string[] => {
  const value = given[key];
  return Array.isArray(value) ? value.filter((line): line is string => typeof line === 'string') : [];
};
export const partOf = (given: Given, key: string): Given | null => {
  const value = given[key];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Given) : null;
};
