import { useState } from 'react';
import type { JudgedSeverity } from '../../../../src/contract';
import { Button } from '../parts/basics';
import { useWords } from '../words';
import { TextIn } from './rules/fields';
import { JUDGED, schemeProblems, type SchemeDraft, type SeverityDraft } from './scheme';

/** What each severity is called here, and what it asks for. */
export function Severities(props: { readonly scheme: SchemeDraft; /** Numbers that are wrong are marked. */ readonly marked: boolean; readonly problem: string | null; readonly edit: (scheme: SchemeDraft) => void }) {
  const { t } = useWords();
  const { scheme } = props;
  const [unfolded, setUnfolded] = useState(false);
  const open = unfolded || props.problem !== null;
  const wrong = props.marked ? schemeProblems(scheme) : [];
  const put = (severity: JudgedSeverity, part: Partial<SeverityDraft>): void => props.edit({ ...scheme, severities: { ...scheme.severities, [severity]: { ...scheme.severities[severity], ...part } } });
  const problemOf = (severity: JudgedSeverity, part: 'update' | 'days' | 'review'): string | null => {
    const found = wrong.find((one) => one.severity === severity && one.part === part);
    return found === undefined ? null : t('settings.severities.range', { least: found.least, most: found.most });
  };
  return (
    <section className="card settings-card" aria-labelledby="severities-title">
      <h2 id="severities-title">{t('settings.severities.title')}</h2>
      <p className="quiet">{t('settings.severities.intro')}</p>
      <p className="quiet small">{t('settings.applies.severities')}</p>
      {props.problem !== null && (
        <p className="refusal" role="alert">
          {props.problem}
        </p>
      )}
      {JUDGED.map((severity) => (
        <Row key={severity} severity={severity} draft={scheme.severities[severity]} open={open} problemOf={problemOf} put={put} />
      ))}
      {!open && (
        <Button className="add" onClick={() => setUnfolded(true)}>
          {t('settings.severities.change')}
        </Button>
      )}
    </section>
  );
}

interface RowProps {
  readonly severity: JudgedSeverity;
  readonly draft: SeverityDraft;
  readonly open: boolean;
  readonly problemOf: (severity: JudgedSeverity, part: 'update' | 'days' | 'review') => string | null;
  readonly put: (severity: JudgedSeverity, part: Partial<SeverityDraft>) => void;
}
/** One severity, as a line to read until somebody wants to change them. */
function Row({ severity, draft, open, problemOf, put }: RowProps) {
  const { t } = useWords();
  const { name, description, update, days, review } = draft;
  const short = severity.toUpperCase();
  if (!open) {
    const asks = [update === '' ? t('settings.severities.say.none') : t('settings.severities.say.update', { n: update }), t('settings.severities.say.days', { n: days }), review === '' ? t('settings.severities.say.no-review') : t('settings.severities.say.review', { n: review })];
    return (
      <p className="severity-line">
        <strong>{name.trim() === '' ? short : `${name} (${short})`}</strong> {description.trim() === '' ? t(`severity.${severity}.meaning`) : description} <span className="quiet tabular">{asks.join(' · ')}</span>
      </p>
    );
  }
  return (
    <div className="row row-severity" role="group" aria-label={short}>
      <span className="severity-short tabular">{short}</span>
      <TextIn label={t('settings.severities.name')} value={name} max={20} placeholder={short} edit={(text) => put(severity, { name: text })} />
      <TextIn label={t('settings.severities.description')} value={description} max={120} placeholder={t(`severity.${severity}.meaning`)} edit={(text) => put(severity, { description: text })} />
      <TextIn numeric label={t('settings.severities.update')} value={update} max={5} placeholder={t('settings.severities.update.none')} problem={problemOf(severity, 'update')} edit={(text) => put(severity, { update: text })} />
      <TextIn numeric label={t('settings.severities.days')} value={days} max={3} problem={problemOf(severity, 'days')} edit={(text) => put(severity, { days: text })} />
      <TextIn numeric label={t('settings.severities.review')} value={review} max={2} placeholder={t('settings.severities.review.none')} problem={problemOf(severity, 'review')} edit={(text) => put(severity, { review: text })} />
    </div>
  );
}
