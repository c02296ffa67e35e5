import { useEffect, useRef, useState } from 'react';
import { call } from '../../api';
import { download } from '../../parts/download';
import { collected, fileOf, type Collected } from './collect';

export type Exporting =
  | { readonly at: 'idle' }
  | { readonly at: 'reading'; readonly incidents: number }
  /** What was read so far stays: it can go on from there. */
  | { readonly at: 'failed'; readonly incidents: number; readonly error: unknown }
  | { readonly at: 'done'; readonly incidents: number; readonly name: string };

/** Reads everything, answer after answer, and gives it to the reader as one file. */
export function useExport(): { readonly state: Exporting; readonly start: () => void; readonly goOn: () => void } {
  const [state, setState] = useState<Exporting>({ at: 'idle' });
  const so = useRef<Collected | null>(null);
  const gone = useRef(false);
  useEffect(() => {
    gone.current = false;
    return () => void (gone.current = true);
  }, []);
  const goOn = (): void => void run();
  async function run(): Promise<void> {
    setState({ at: 'reading', incidents: so.current?.incidents.size ?? 0 });
    try {
      do {
        so.current = collected(so.current, await call('data.export', { cursor: so.current?.next ?? null }));
        if (gone.current) return;
        setState({ at: 'reading', incidents: so.current.incidents.size });
      } while (so.current.next !== null);
    } catch (error) {
      if (!gone.current) setState({ at: 'failed', incidents: so.current?.incidents.size ?? 0, error });
      return;
    }
    const { name, text } = fileOf(so.current);
    download(name, text, 'application/json');
    setState({ at: 'done', incidents: so.current.incidents.size, name });
  }
  const start = (): void => {
    so.current = null;
    goOn();
  };
  return { state, start, goOn };
}
