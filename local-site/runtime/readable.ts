/** Stack traces of the bundle, told in lines of the app's sources. */
import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import path from 'node:path';

/** Places in `bundle` become places in its sources, where it has a map; the map is read with the first of them. */
export function createReadable(bundle: string): (text: string) => string {
  const place = new RegExp(`${bundle.replace(/[.*+?^$()|[\]\\{}]/g, '\\$&')}:(\\d+):(\\d+)`, 'g');
  const read = (): SourceMap | null => (existsSync(`${bundle}.map`) ? new SourceMap(JSON.parse(readFileSync(`${bundle}.map`, 'utf8')) as ConstructorParameters<typeof SourceMap>[0]) : null);
  let map: SourceMap | null | undefined;
  return (text) =>
    text.replace(place, (found, line: string, column: string) => {
      if (map === undefined) map = read();
      const entry = map?.findEntry(Number(line) - 1, Number(column) - 1);
      if (entry === undefined || !('originalSource' in entry)) return found;
      return `${path.resolve(path.dirname(bundle), entry.originalSource)}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
    });
}
