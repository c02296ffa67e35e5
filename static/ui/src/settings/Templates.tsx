import type { ReactNode } from 'react';
import type { IncidentKind, Severity, TemplateChoice } from '../../../../src/contract';
import { Button } from '../parts/basics';
import { useTemplates } from '../parts/templates';
import { useWords } from '../words';
import { changed, row, without, type Row } from './draft';
import { SelectIn, type Option } from './rules/fields';

const ANY = '';
const KINDS: readonly IncidentKind[] = ['incident', 'drill', 'near-miss'];
const SEVERITIES: readonly Severity[] = ['pending', 'sev1', 'sev2', 'sev3', 'sev4'];

/** What new pages are made from: lines asked from the top. */
export function Templates(props: {
  readonly rows: readonly Row<TemplateChoice>[];
  /** Those mapped above. */
  readonly services: readonly string[];
  readonly problem: string | null;
  readonly edit: (rows: readonly Row<TemplateChoice>[]) => void;
  /** What belongs to templates besides. */
  readonly children: ReactNode;
}) {
  const { t } = useWords();
  const { rows, services, edit } = props;
  const any = { value: ANY, label: t('settings.templates.any') } as const;
  const kinds: readonly Option<IncidentKind | typeof ANY>[] = [any, ...KINDS.map((kind) => ({ value: kind, label: kind === 'incident' ? t('settings.rules.kind.incident') : t(`board.kind.${kind}`) }))];
  const severities: readonly Option<Severity | typeof ANY>[] = [any, ...SEVERITIES.map((severity) => ({ value: severity, label: t(`severity.${severity}`) }))];
  const templates = useTemplates().options;
  return (
    <section className="card settings-card" aria-labelledby="templates-title">
      <h2 id="templates-title">{t('settings.templates.title')}</h2>
      <p className="quiet">{t('settings.templates.intro')}</p>
      <p className="quiet small">{t('settings.applies.templates')}</p>
      {props.problem !== null && (
        <p className="refusal" role="alert">
          {props.problem}
        </p>
      )}
      {rows.length === 0 && <p className="empty-box">{t('settings.templates.none')}</p>}
      {rows.map(({ id, value }, index) => {
        // One that is mapped no more stays until somebody changes it.
        const named = [...new Set([...services, ...(value.service === null ? [] : [value.service])])].map((service) => ({ value: service, label: service }));
        const put = (part: Partial<TemplateChoice>): void => edit(changed(rows, id, part));
        return (
          <div key={id} className="row row-template" role="group" aria-label={t('settings.templates.row', { n: index + 1 })}>
            <SelectIn label={t('settings.rules.kind')} value={value.kind ?? ANY} options={kinds} edit={(kind) => put({ kind: kind === ANY ? null : kind })} />
            <SelectIn label={t('severity.label')} value={value.severity ?? ANY} options={severities} edit={(severity) => put({ severity: severity === ANY ? null : severity })} />
            <SelectIn label={t('settings.templates.service')} value={value.service ?? ANY} options={[any, ...named]} edit={(service) => put({ service: service === ANY ? null : service })} />
            <SelectIn label={t('settings.rules.template')} value={value.template} options={templates} edit={(template) => put({ template })} />
            <Button look="quiet" className="row-button" aria-label={t('settings.row.remove', { n: index + 1 })} onClick={() => edit(without(rows, id))}>
              ×
            </Button>
          </div>
        );
      })}
      <Button className="add" disabled={rows.length >= 50} onClick={() => edit([...rows, row<TemplateChoice>({ kind: null, severity: null, service: null, template: 'short' })])}>
        {t('settings.templates.add')}
      </Button>
      {props.children}
    </section>
  );
}
