import { useState } from 'react';
import { useWords } from '../../words';
import type { SeriesPoint } from './series';

const ROWS = 60;

/** The line in numbers, for those who cannot see it. Made only when asked for. */
export function Table(props: { readonly points: readonly SeriesPoint[]; readonly unit: string | null; readonly title: string }) {
  const words = useWords();
  const { t } = words;
  const [open, setOpen] = useState(false);
  return (
    <details className="graph-table" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('board.graph.table')}</summary>
      {open && (
        <table tabIndex={0} aria-label={props.title}>
          <thead>
            <tr>
              <th scope="col">{t('board.graph.time')}</th>
              <th scope="col">{t('board.graph.value')}</th>
            </tr>
          </thead>
          <tbody>
            {props.points
              .slice(-ROWS)
              .reverse()
              .map((point) => (
                <tr key={point.at}>
                  <td className="tabular">{words.clock(point.at)}</td>
                  <td className="tabular">{words.value(point.value, props.unit)}</td>
                </tr>
              ))}
          </tbody>
        </table>
      )}
    </details>
  );
}
