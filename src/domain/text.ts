/** Mackerel's strings are hostile: nothing invisible or direction-changing survives, and lengths are bounded. */
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;
/** Half a character; what is stored and sent is whole ones. */
const HALF = /\p{Surrogate}/gu;
const INVISIBLE = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** One line of at most `max` characters (code points), without control, zero-width or bidirectional marks. */
export function plainLine(text: string, max: number): string {
  const clean = text.replace(/[\r\n\t\u2028\u2029]+/g, ' ').replace(CONTROL, '').replace(INVISIBLE, '').replace(HALF, '\ufffd').trim();
  const points = [...clean];
  return points.length <= max ? clean : `${points.slice(0, max - 1).join('')}…`;
}

/** Line breaks stay, control and invisible marks go. */
export const bare = (text: string): string => text.replace(/\r\n?|[\u2028\u2029]/g, '\n').replace(CONTROL, '').replace(INVISIBLE, '').replace(HALF, '\ufffd');
/** Several lines of a person's own words. */
export const plainText = (text: string): string => bare(text).trim();
