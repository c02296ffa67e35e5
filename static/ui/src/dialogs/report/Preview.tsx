/** The report as it will read. What a person can write is written where it stands. */
import { useId } from 'react';
import type { ReportBlock, ReportFact, ReportFieldId, ReportLine } from '../../../../../src/contract';
import { Button } from '../../parts/basics';
import { useWords } from '../../words';
import { Line } from './Line';

export interface Writing {
  /** null: as the record gives it. */
  readonly typed: (id: ReportFieldId) => string | null;
  readonly type: (id: ReportFieldId, text: string | null) => void;
}
const FIELD_MAX = 8000;
const MOST_ROWS = 14;

const plain = (lines: readonly ReportLine[]): string => lines.map((line) => line.map((part) => ('person' in part ? '' : part.text)).join('')).join('\n');

function Field(props: { readonly id: string; readonly of: ReportFact; readonly field: ReportFieldId; readonly writing: Writing }) {
  const { t } = useWords();
  const { of, field, writing } = props;
  const own = writing.typed(field);
  const text = own ?? plain(of.lines);
  const rows = Math.min(MOST_ROWS, text.split('\n').length);
  return (
    <div className="report-field">
      <textarea id={props.id} className={`input ${own === null ? '' : 'report-typed'}`} rows={rows} maxLength={FIELD_MAX} value={text} placeholder={t('reports.empty')} onChange={(event) => writing.type(field, event.target.value)} />
      {own !== null && (
        <Button look="quiet" className="small-button" aria-label={`${t('reports.reset')}: ${of.label}`} onClick={() => writing.type(field, null)}>
          {t('reports.reset')}
        </Button>
      )}
    </div>
  );
}

function Fact(props: { readonly row: ReportFact; readonly writing: Writing }) {
  const id = useId();
  const { row, writing } = props;
  return (
    <div className="report-fact">
      {row.field === null ? <span className="report-label">{row.label}</span> : <label className="report-label" htmlFor={id}>{row.label}</label>}
      {row.field === null ? (
        <div className="report-said">
          {row.lines.map((line, n) => (
            <div key={n}>
              <Line line={line} />
            </div>
          ))}
        </div>
      ) : (
        <Field id={id} of={row} field={row.field} writing={writing} />
      )}
    </div>
  );
}

function Block(props: { readonly block: ReportBlock; readonly writing: Writing }) {
  const id = useId();
  const { block, writing } = props;
  switch (block.kind) {
    case 'title':
      return <h2 className="report-title">{block.text}</h2>;
    case 'heading':
      return <h3>{block.text}</h3>;
    case 'remark':
      return <p className="quiet small">{block.text}</p>;
    case 'facts':
      return (
        <div className="report-facts">
          {block.rows.map((row, n) => (
            <Fact key={row.field ?? n} row={row} writing={writing} />
          ))}
        </div>
      );
    case 'text':
      return (
        <section>
          <label className={block.heading ? 'report-heading' : 'report-label'} htmlFor={id}>
            {block.label}
          </label>
          {block.field !== null && <Field id={id} of={block} field={block.field} writing={writing} />}
        </section>
      );
    case 'table':
      return (
        <div className="report-table" role="region" aria-label={block.head.join(', ')} tabIndex={0}>
          <table>
            <thead>
              <tr>
                {block.head.map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {block.rows.map((row, n) => (
                <tr key={n}>
                  {row.map((cell, m) => (
                    <td key={m}>
                      <Line line={cell} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
  }
}

export function Preview(props: { readonly blocks: readonly ReportBlock[]; readonly writing: Writing; readonly busy: boolean }) {
  const { t } = useWords();
  return (
    <article className="report-paper" aria-label={t('reports.preview')} aria-busy={props.busy}>
      {props.blocks.map((block, n) => (
        <Block key={`${block.kind}${n}`} block={block} writing={props.writing} />
      ))}
    </article>
  );
}
