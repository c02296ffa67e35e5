import type { IncidentHeadView } from '../../../../src/contract';

const SHOWN = 3;
const OVER: ReadonlySet<string> = new Set(['closed', 'cancelled', 'merged']);
/** Words that say nothing of what is broken. */
const EMPTY: ReadonlySet<string> = new Set(['the', 'and', 'for', 'are', 'was', 'not', 'with', 'する', 'いる', 'ない', 'です', 'ます', 'から']);

/** The words of a title that tell something. Japanese has no blanks between words. */
function telling(title: string, locale: string): ReadonlySet<string> {
  const parts = [...new Intl.Segmenter(locale, { granularity: 'word' }).segment(title.normalize('NFKC').toLowerCase())];
  const words = parts.filter(({ isWordLike }) => isWordLike === true).map(({ segment }) => segment);
  return new Set(words.filter((word) => !EMPTY.has(word) && (/^[\p{Script=Latin}\d]+$/u.test(word) ? word.length > 2 : !/^\p{Script=Hiragana}$/u.test(word))));
}

/** Open incidents that the typed one may be: words of its title count most, then its service. Best first. */
export function similarOpen(title: string, services: readonly string[], incidents: readonly IncidentHeadView[], locale: string): readonly IncidentHeadView[] {
  const typed = telling(title, locale);
  if (typed.size === 0) return [];
  const score = (incident: IncidentHeadView): number => {
    const shared = [...telling(incident.title, locale)].filter((word) => typed.has(word)).length;
    return 2 * shared + (incident.service !== null && services.includes(incident.service) ? 1 : 0);
  };
  return incidents
    .filter(({ status }) => !OVER.has(status))
    .map((incident) => ({ incident, score: score(incident) }))
    .filter((one) => one.score > 0)
    .sort((a, b) => b.score - a.score || b.incident.declaredAt - a.incident.declaredAt)
    .slice(0, SHOWN)
    .map(({ incident }) => incident);
}
