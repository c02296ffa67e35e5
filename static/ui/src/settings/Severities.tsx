import type { JudgedSeverity } from '../../../../src/contract';
import { useWords } from '../words';
import { TextIn } from './rules/fields';
import { JUDGED, schemeProblems, type SchemeDraft, type SeverityDraft } from './scheme';

/** What each severity is called here, and what it asks for. */
export function Severities(props: { readonly scheme: SchemeDraft; /** Numbers that are wrong are marked. */ readonly marked: boolean; readonly problem: string | null; readonly edit: (scheme: SchemeDraft) => void }) {
  const { t } = useWords();
  const { scheme } = props;
  const wrong = props.marked ? schemeProblems(scheme) : [];
  const put = (severity: JudgedSeverity, part: Partial<SeverityDraft>): void => props.edit({ ...scheme, severities: { ...scheme.severities, [severity]: { ...scheme.severities[severity], ...part } } });
  const problemOf = (severity: JudgedSeverity, part: 'update' | 'days'): string | null => {
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
      {JUDGED.map((severity) => {
        const { name, description, update, days } = scheme.severities[severity];
        const short = severity.toUpperCase();
        return (
          <div key={severity} className="row row-severity" role="group" aria-label={short}>
            <span className="severity-short tabular">{short}</span>
            <TextIn label={t('settings.severities.name')} value={name} max={20} placeholder={short} edit={(text) => put(severity, { name: text })} />
            <TextIn label={t('settings.severities.description')} value={description} max={120} placeholder={t(`severity.${severity}.meaning`)} edit={(text) => put(severity, { description: text })} />
            <TextIn numeric label={t('settings.severities.update')} value={update} max={5} placeholder={t('settings.severities.update.none')} problem={problemOf(severity, 'update')} edit={(text) => put(severity, { update: text })} />
            <TextIn numeric label={t('settings.severities.days')} value={days} max={3} problem={problemOf(severity, 'days')} edit={(text) => put(severity, { days: text })} />
          </div>
        );
      })}
    </section>
  );
}
