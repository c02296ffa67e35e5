import type { ReportVersionView } from '../../../../../src/contract';
import { OutLink } from '../../parts/basics';
import { Person } from '../../parts/people';
import { useWords } from '../../words';

/** Versions that are pages, newest first; none of them is changed any more. */
export function Published(props: { readonly versions: readonly ReportVersionView[] }) {
  const words = useWords();
  const { t } = words;
  return (
    <section className="report-published">
      <h2>{t('reports.published')}</h2>
      {props.versions.length === 0 ? (
        <p className="quiet">{t('reports.published.none')}</p>
      ) : (
        <ul className="rows">
          {props.versions.map(({ n, form, by, at, page, sha256 }) => (
            <li key={n} className="row">
              <span className="row-main">
                <OutLink href={page.url} label={t('reports.published.open', { n })}>
                  {t('reports.published.n', { n })}
                </OutLink>
                <span className="quiet small">
                  {t(`reports.form.${form}`)} · {words.day(at)} {words.clock(at)} · <Person person={by} />
                </span>
                <span className="quiet small report-sha" title={t('reports.published.fingerprint', { sha256, version: page.version })}>
                  {t('reports.published.fingerprint', { sha256: sha256.slice(0, 12), version: page.version })}
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
