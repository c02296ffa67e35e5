/** What the UI Kit screens share: the app's verbs, texts with params in the viewer's language, times in the viewer's zone. */
import { makeInvoke } from '@forge/bridge';
import { useProductContext, useTranslation } from '@forge/react';
import IntlMessageFormat from 'intl-messageformat';
import type { AppApi, AppError, Result, SchemeView, Severity } from '../contract';

const invoke = makeInvoke<AppApi>();
type Verb = keyof AppApi;
export type Value<V extends Verb> = ReturnType<AppApi[V]> extends Result<infer T> ? T : never;
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Pick<AppError, 'messageKey' | 'params' | 'code' | 'field'> };
const SILENT = { code: 'internal', messageKey: 'error.no-answer', params: {}, field: null } as const;

/** The verb's answer; no answer at all is a refusal too. */
export async function ask<V extends Verb>(verb: V, payload: Parameters<AppApi[V]>[0]): Promise<Answer<Value<V>>> {
  const call = invoke as unknown as (verb: Verb, payload: unknown) => Promise<Answer<Value<V>> | undefined>;
  return (await call(verb, payload).catch(() => undefined)) ?? { ok: false, error: SILENT };
}
/** As `ask`, for presses: the operation id makes it safe to send again what got no answer. */
export async function press<V extends Verb>(verb: V, payload: Parameters<AppApi[V]>[0] & { readonly opId: string }): Promise<Answer<Value<V>>> {
  const first = await ask(verb, payload);
  return first.ok || first.error !== SILENT ? first : await ask(verb, payload);
}
export const newOperation = (): string => crypto.randomUUID();

type Params = Readonly<Record<string, string | number>>;
export interface Kit {
  readonly ready: boolean;
  /** The host says that the app's license is not active: nothing can be changed. */
  readonly isPaused: boolean;
  say(key: string, params?: Params): string;
  /** What a severity is called here. */
  severity(scheme: SchemeView | null, severity: Severity): string;
  reason(error: { readonly messageKey: string; readonly params: Params }): string;
  /** `7 Nov, 10:12` in the viewer's language and zone. */
  time(at: number): string;
  /** `3 days ago`. */
  ago(at: number, now: number): string;
}

const STEPS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

export function useKit(): Kit {
  const { ready, t } = useTranslation();
  const context = useProductContext();
  const locale = (context?.locale ?? 'en-US').replace('_', '-');
  const timeZone = context?.timezone ?? 'UTC';
  const say = (key: string, params: Params = {}): string => String(new IntlMessageFormat(t(key), locale, undefined, { ignoreTag: true }).format({ ...params }));
  return {
    ready: ready && context !== undefined,
    isPaused: context?.license?.active === false,
    say,
    severity: (scheme, severity) => (severity === 'pending' ? null : (scheme?.severities[severity].name ?? null)) ?? say(`severity.${severity}`),
    reason: ({ messageKey, params }) => say(messageKey, params),
    time: (at) => new Intl.DateTimeFormat(locale, { timeZone, month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' }).format(at),
    ago: (at, now) => {
      const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
      const [unit, size] = STEPS.find(([, ms]) => now - at >= ms) ?? STEPS[2];
      return words.format(-Math.floor((now - at) / size), unit);
    },
  };
}
