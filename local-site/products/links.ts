/** Addresses and times in the vendor's forms. */

/** Epoch ms → `2026-11-23T14:02:11.000Z`. */
export const iso = (ms: number): string => new Date(ms).toISOString();

/** Path below `/wiki`. */
export function pagePath(spaceKey: string, page: { readonly id: number; readonly title: string }): string {
  return `/spaces/${spaceKey}/pages/${page.id}/${encodeURIComponent(page.title).replace(/%20/g, '+')}`;
}
