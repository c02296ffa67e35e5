import IntlMessageFormat from 'intl-messageformat';
import en from '../../locales/en-US.json';
import ja from '../../locales/ja-JP.json';
import type { Lang } from '../contract';
import type { Texts } from '../ports';

const CATALOGUES: Readonly<Record<Lang, Readonly<Record<string, string>>>> = { en, ja };
const LOCALE: Readonly<Record<Lang, string>> = { en: 'en-US', ja: 'ja-JP' };

/** What was a severity and what it became, by name. */
function severityNames(lang: Lang, params: Readonly<Record<string, string | number>>): Readonly<Record<string, string>> {
  const names = (['from', 'to'] as const).flatMap((side) => {
    const name = CATALOGUES[lang][`severity.${String(params[side])}`];
    return name === undefined ? [] : [[`${side}Name`, name] as const];
  });
  return Object.fromEntries(names);
}

/** ICU messages of `locales/`. A key missing in one language falls back to English, then to the key itself. */
export function createTexts(): Texts {
  const compiled = new Map<string, IntlMessageFormat>();
  return {
    say(lang, key, params = {}) {
      const known = compiled.get(`${lang}:${key}`);
      const given = { ...severityNames(lang, params), ...params };
      if (known !== undefined) return String(known.format(given));
      const pattern = CATALOGUES[lang][key] ?? CATALOGUES.en[key];
      if (pattern === undefined) return key;
      const made = new IntlMessageFormat(pattern, LOCALE[lang], undefined, { ignoreTag: true });
      compiled.set(`${lang}:${key}`, made);
      return String(made.format(given));
    },
  };
}
