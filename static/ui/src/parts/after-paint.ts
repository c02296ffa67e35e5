/** Resolves `ms` after what is on screen now has been painted: code that only helps from then on must not delay it. */
export function afterPaint(ms = 50): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, ms)));
}
