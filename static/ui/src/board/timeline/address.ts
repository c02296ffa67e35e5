/** The address, if it leads to the web and nowhere else; null otherwise. */
export function webAddress(text: string): string | null {
  try {
    const url = new URL(text);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
  } catch {
    return null;
  }
}
export const isHttps = (text: string): boolean => webAddress(text)?.startsWith('https:') === true;
