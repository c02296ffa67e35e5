/** An SVG as PNG: the browser draws it, for readers that show no SVG. */

/** As much as the app takes. */
const BYTES_MAX = 350_000;
/** Smaller where it would be too large. */
const SCALES = [1, 0.75, 0.5] as const;

function loaded(svg: string): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = () => reject(new Error('not drawn'));
    // Made of text alone: nothing is loaded with it, and the canvas stays readable.
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  });
}

async function base64Of(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

/** Base64; null: the browser cannot, or it would be too large. */
export async function drawnPng(svg: string, size: { readonly width: number; readonly height: number }): Promise<string | null> {
  const image = await loaded(svg);
  for (const scale of SCALES) {
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(size.width * scale);
    canvas.height = Math.round(size.height * scale);
    const paper = canvas.getContext('2d');
    if (paper === null) return null;
    paper.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (blob !== null && blob.size <= BYTES_MAX) return await base64Of(blob);
  }
  return null;
}
