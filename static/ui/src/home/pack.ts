/** A file as it is sent: packed by gzip, in base64, since a call to the app holds 500 kB. */

/** Bytes of a file, characters of a packed one: more is refused by the app, or by the platform before it. */
export const FILE_MAX = 8_000_000;
const PACKED_MAX = 480_000;
const SLICE = 8_192;

/** null: it does not fit. */
export async function packed(file: Blob): Promise<string | null> {
  if (file.size > FILE_MAX) return null;
  const reader = file.stream().pipeThrough(new CompressionStream('gzip')).getReader();
  let text = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    // As many arguments as any engine takes.
    for (let from = 0; from < part.value.length; from += SLICE) text += String.fromCharCode(...part.value.subarray(from, from + SLICE));
  }
  const whole = btoa(text);
  return whole.length > PACKED_MAX ? null : whole;
}
