/** Gives the text, or what was made already, to the reader as a file. */
export function download(name: string, text: string | Blob, type: 'text/csv' | 'text/markdown' | 'application/json' = 'application/json'): void {
  const url = URL.createObjectURL(typeof text === 'string' ? new Blob([text], { type: `${type};charset=utf-8` }) : text);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
