/** Resolves once what is on screen now has been painted: code that only helps from then on must not delay it. */
export function afterPaint(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 30)));
}
