/** Whether bytes are a PNG, and of which size; nothing of the picture itself is looked at. Pure. */

export interface PngSize {
  readonly width: number;
  readonly height: number;
}
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const;
/** Length, type and checksum around a chunk's data. */
const AROUND = 12;
const HEADER_BYTES = 13;
const SIDE_MAX = 20_000;

/** null: it is none, is cut, or something stands behind its end. */
export function pngSize(bytes: Uint8Array): PngSize | null {
  if (SIGNATURE.some((byte, index) => bytes[index] !== byte)) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const typeAt = (at: number): string => String.fromCharCode(...bytes.subarray(at + 4, at + 8));
  let size: PngSize | null = null;
  let hasPixels = false;
  for (let at: number = SIGNATURE.length; at + AROUND <= bytes.byteLength; ) {
    const length = view.getUint32(at);
    const type = typeAt(at);
    const next = at + AROUND + length;
    if (next > bytes.byteLength || (size === null) !== (type === 'IHDR')) return null;
    if (size === null) {
      if (length !== HEADER_BYTES) return null;
      size = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
      if (Math.min(size.width, size.height) < 1 || Math.max(size.width, size.height) > SIDE_MAX) return null;
    }
    hasPixels ||= type === 'IDAT' && length > 0;
    if (type === 'IEND') return hasPixels && length === 0 && next === bytes.byteLength ? size : null;
    at = next;
  }
  return null;
}
