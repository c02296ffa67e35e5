/** What a screen gives the browser to save, caught before it gets there. */

export interface SavedFile {
  readonly name: string;
  readonly blob: Blob;
}

/** Catches files from now on, until the mocks are restored. */
export function catchFiles(): readonly SavedFile[] {
  const files: SavedFile[] = [];
  let last: Blob | null = null;
  Object.assign(URL, { createObjectURL: (blob: Blob) => ((last = blob), 'blob:x'), revokeObjectURL: () => undefined });
  jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    if (last !== null) files.push({ name: this.download, blob: last });
  });
  return files;
}
