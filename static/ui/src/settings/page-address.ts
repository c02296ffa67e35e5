/** Id of the page that an address of Confluence names, or that was typed itself; null: neither. */
export function pageIdOf(typed: string): string | null {
  const text = typed.trim();
  if (/^\d{1,20}$/.test(text)) return text;
  if (!URL.canParse(text)) return null;
  const { pathname, searchParams } = new URL(text);
  return /\/pages\/(?:edit-v2\/)?(\d{1,20})(?:\/|$)/.exec(pathname)?.[1] ?? /^\d{1,20}$/.exec(searchParams.get('pageId') ?? '')?.[0] ?? null;
}
