import type { PastedRow } from '../board/timeline/paste';
import { stampWithOffset } from '../board/timeline/zoned';
import { useWords } from '../words';

export const rowKey = (row: PastedRow): string => `${row.line} ${row.text}`;

/** How each line was read, and what keeps it from being recorded. */
export function PastePreview(props: {
  readonly rows: readonly PastedRow[];
  /** Keys of the rows a person took out. */
  readonly left: ReadonlySet<string>;
  readonly refused: string | null;
  readonly toggle: (row: PastedRow) => void;
  readonly zone: string;
}) {
  const { t } = useWords();
  return (
    <div className="paste-preview" tabIndex={0} role="region" aria-label={t('paste.preview')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('paste.record')}</th>
            <th scope="col">{t('paste.line')}</th>
            <th scope="col">{t('note.time')}</th>
            <th scope="col">{t('note.title')}</th>
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => {
            const key = rowKey(row);
            const taken = row.problem === null && !props.left.has(key);
            return (
              <tr key={key} className={`${taken ? '' : 'paste-left'} ${props.refused === key ? 'paste-refused' : ''}`}>
                <td>
                  <input type="checkbox" checked={taken} disabled={row.problem !== null} aria-label={t('paste.take', { n: row.line })} onChange={() => props.toggle(row)} />
                </td>
                <td className="quiet tabular">{row.line}</td>
                <td className="paste-time tabular">{row.at === null ? '' : stampWithOffset(row.at, props.zone).slice(0, 19)}</td>
                <td>
                  <p className="paste-words">{row.text}</p>
                  {row.problem !== null && <p className="refusal">{t(`paste.problem.${row.problem}`)}</p>}
                  {row.doubt !== null && <p className="paste-doubt">{t(`paste.doubt.${row.doubt}`)}</p>}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
