/** Texts, times and numbers in the viewer's language and zone. */
import { createContext, useContext, type ReactNode } from 'react';
import { IntlMessageFormat } from 'intl-messageformat';
import type { AppError, Lang, SchemeView } from '../../../src/contract';
import { NoAnswer, Refused } from './api';
import { formatValue } from './values';
import type { ViewerContext } from './context';

export type TextKey = keyof typeof import('../../../locales/en-US.json');
export type Params = Readonly<Record<string, string | number>>;
export type Texts = Readonly<Record<string, string>>;

/** Only the viewer's language is downloaded, and what administrators read only where they do: `administration`. */
export async function loadTexts(lang: Lang, administration: boolean): Promise<Texts> {
  const common = lang === 'ja' ? import('../../../locales/ja-JP.json') : import('../../../locales/en-US.json');
  const more = administration ? (lang === 'ja' ? import('../../../locales/ja-JP.json?administration') : import('../../../locales/en-US.json?administration')) : null;
  return { ...(await common).default, ...(await more)?.default };
}

/** Texts of reviews, for whoever opens one. */
export const loadReviewTexts = async (lang: Lang): Promise<Texts> => (await (lang === 'ja' ? import('../../../locales/ja-JP.json?review') : import('../../../locales/en-US.json?review'))).default;
/** What only the report dialog says. */
export async function loadReportTexts(lang: Lang): Promise<Texts> {
  return (await (lang === 'ja' ? import('../../../locales/ja-JP.json?reports') : import('../../../locales/en-US.json?reports'))).default;
}

/** What only the dialog of evidence says. */
export async function loadEvidenceTexts(lang: Lang): Promise<Texts> {
  return (await (lang === 'ja' ? import('../../../locales/ja-JP.json?evidence') : import('../../../locales/en-US.json?evidence'))).default;
}

/** What the dialog of updates says; what leaves is named as in reports. */
export async function loadUpdateTexts(lang: Lang): Promise<Texts> {
  const own = lang === 'ja' ? import('../../../locales/ja-JP.json?updates') : import('../../../locales/en-US.json?updates');
  return { ...(await loadReportTexts(lang)), ...(await own).default };
}

/** What only the history of changes says. */
export async function loadAuditTexts(lang: Lang): Promise<Texts> {
  return (await (lang === 'ja' ? import('../../../locales/ja-JP.json?audit') : import('../../../locales/en-US.json?audit'))).default;
}

export interface Words {
  readonly lang: Lang;
  readonly locale: string;
  /** IANA name of the zone these words tell times in. */
  readonly timeZone: string;
  /** The same words with times told in another zone. */
  inZone(timeZone: string): Words;
  /** The same words with more texts. */
  also(more: Texts): Words;
  has(key: TextKey): boolean;
  /** The same words with severities called as the installation calls them; null: as the app does. */
  named(scheme: SchemeView | null): Words;
  t(key: TextKey, params?: Params): string;
  /** For keys that arrive as data: an unknown one becomes `fallback`, because the backend may be newer than this screen. */
  say(key: string, params: Params, fallback: TextKey): string;
  /** What a failed call means for a person. */
  reason(error: unknown): string;
  /** `02:35:12` in the viewer's zone. */
  clock(ms: number): string;
  /** `Nov 24, 2026`. */
  day(ms: number): string;
  /** `02:35`, with the day in front when it is not the day of `now`. */
  minute(ms: number, now: number): string;
  /** `02:35:12`, or day and minute when it is not the day of `now`. */
  stamp(ms: number, now: number): string;
  /** Full date and time in UTC, for hover. */
  utc(ms: number): string;
  /** Span of `ms`, in its two largest units. */
  duration(ms: number): string;
  /** As `duration`, with the seconds of spans below one hour: for clocks that tick. */
  ticking(ms: number): string;
  value(value: number, unit: string | null): string;
}

export function makeWords(texts: Texts, context: Pick<ViewerContext, 'lang' | 'locale' | 'timeZone'>): Words {
  const formats = new Map<string, IntlMessageFormat>();
  const zones = new Map<string, Words>();
  const format = (key: string, params: Params): string => {
    const source = texts[key];
    if (source === undefined) {
      if (process.env['NODE_ENV'] !== 'production') throw new Error(`locales have no text for ${key}`);
      return key;
    }
    let message = formats.get(key);
    if (message === undefined) formats.set(key, (message = new IntlMessageFormat(source, context.locale, undefined, { ignoreTag: true })));
    return String(message.format({ ...params }));
  };
  const dates = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(context.locale, { timeZone: context.timeZone, hourCycle: 'h23', ...options });
  const seconds = dates({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const minutes = dates({ hour: '2-digit', minute: '2-digit' });
  const day = dates({ month: 'short', day: 'numeric' });
  const wholeDay = new Intl.DateTimeFormat(context.locale, { timeZone: context.timeZone, dateStyle: 'medium' });
  const dayAndMinute = dates({ month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });
  const t: Words['t'] = (key, params = {}) => format(key, params);
  const called = new Map<string, Words>();

  const inZone: Words['inZone'] = (timeZone) => {
    const found = zones.get(timeZone) ?? makeWords(texts, { ...context, timeZone });
    zones.set(timeZone, found);
    return found;
  };

  const named: Words['named'] = (scheme) => {
    const own = scheme === null ? {} : ownNames(scheme);
    const key = JSON.stringify(own);
    if (key === '{}') return words;
    const found = called.get(key) ?? makeWords({ ...texts, ...own }, context);
    called.set(key, found);
    return found;
  };

  const words: Words = {
    lang: context.lang,
    locale: context.locale,
    timeZone: context.timeZone,
    inZone,
    named,
    also: (more) => makeWords({ ...texts, ...more }, context),
    has: (key) => texts[key] !== undefined,
    t,
    say: (key, params, fallback) => {
      if (texts[key] === undefined) return t(fallback);
      try {
        return format(key, withNames(params));
      } catch {
        return t(fallback); // a param this text needs did not come
      }
    },
    reason: (error) => {
      if (error instanceof Refused) return sayError(error.error);
      return t(error instanceof NoAnswer ? 'error.no-answer' : 'error.internal');
    },
    clock: (ms) => seconds.format(ms),
    day: (ms) => wholeDay.format(ms),
    minute: (ms, now) => (day.format(ms) === day.format(now) ? minutes : dayAndMinute).format(ms),
    stamp: (ms, now) => (day.format(ms) === day.format(now) ? seconds : dayAndMinute).format(ms),
    utc: (ms) => t('board.utc', { time: new Date(ms).toISOString().slice(0, 19).replace('T', ' ') }),
    duration: (ms) => {
      const s = Math.max(0, Math.floor(ms / 1000));
      if (s < 60) return t('common.duration.seconds', { s });
      if (s < 3600) return t('common.duration.minutes', { m: Math.floor(s / 60) });
      if (s < 86_400) return t('common.duration.hours', { h: Math.floor(s / 3600), m: Math.floor((s % 3600) / 60) });
      return t('common.duration.days', { d: Math.floor(s / 86_400), h: Math.floor((s % 86_400) / 3600) });
    },
    ticking: (ms) => {
      const s = Math.max(0, Math.floor(ms / 1000));
      return s < 60 || s >= 3600 ? words.duration(ms) : t('common.duration.minutes-seconds', { m: Math.floor(s / 60), s: s % 60 });
    },
    value: (value, unit) => formatValue(value, unit, context.locale),
  };
  return words;

  /** Texts that tell a severity's old and new value tell them by name. */
  function withNames(params: Params): Params {
    const names = (['from', 'to'] as const).flatMap((name) => {
      const text = texts[`severity.${String(params[name])}`];
      return text === undefined ? [] : [[`${name}Name`, format(`severity.${String(params[name])}`, {})] as const];
    });
    return names.length === 0 ? params : { ...params, ...Object.fromEntries(names) };
  }

  function sayError(error: AppError): string {
    for (const key of [error.messageKey, `error.${error.code}`]) {
      try {
        if (texts[key] !== undefined) return format(key, error.params);
      } catch {} // a param this text needs did not come
    }
    return t('error.internal');
  }
}

/** As a message that says just this. */
const literal = (text: string): string => text.replace(/'/g, "''").replace(/[{}]+/g, "'$&'");
/** Names and descriptions an installation gave its severities, by text key. */
function ownNames({ severities }: SchemeView): Texts {
  return Object.fromEntries(
    Object.entries(severities).flatMap(([severity, { name, description }]) => [
      ...(name === null ? [] : [[`severity.${severity}`, literal(name)] as const]),
      ...(description === null ? [] : [[`severity.${severity}.meaning`, literal(description)] as const]),
    ]),
  );
}

const WordsContext = createContext<Words | null>(null);

export function WordsProvider(props: { readonly words: Words; readonly children: ReactNode }) {
  return <WordsContext.Provider value={props.words}>{props.children}</WordsContext.Provider>;
}
export function useWords(): Words {
  const words = useContext(WordsContext);
  if (words === null) throw new Error('WordsProvider is missing');
  return words;
}
