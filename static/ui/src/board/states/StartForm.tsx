import { useEffect, useId, useRef, useState, type FormEvent } from 'react';
import type { CandidateView, DeclareResult, Severity, SpaceView } from '../../../../../src/contract';
import { goTo, NoAnswer, pageTitle, press, Refused } from '../../api';
import { Button } from '../../parts/basics';
import { useInputMethod } from '../../parts/compose';
import { useWords } from '../../words';

const SEVERITIES: readonly Severity[] = ['pending', 'sev1', 'sev2', 'sev3', 'sev4'];

/** Starts an incident whose home is this page. */
export function StartForm(props: {
  readonly pageId: string;
  readonly spaceKey: string | null;
  /** The alert whose address was pasted, if it waits for a person. */
  readonly candidate: CandidateView | null;
  readonly spaces: readonly SpaceView[];
  readonly started: () => void;
  readonly cancel: (() => void) | null;
}) {
  const words = useWords();
  const { t } = words;
  const { pageId, spaceKey, candidate } = props;
  const id = useId();
  const [title, setTitle] = useState('');
  const [severity, setSeverity] = useState<Severity>('pending');
  const [sending, setSending] = useState(false);
  const [refusal, setRefusal] = useState<{ readonly field: string | null; readonly text: string } | null>(null);
  const [other, setOther] = useState<DeclareResult | null>(null);
  const sent = useRef<{ readonly what: string; readonly opId: string } | null>(null);
  const touched = useRef(false);
  const field = useRef<HTMLInputElement>(null);
  const inputMethod = useInputMethod();
  const named = candidate === null ? null : [candidate.alert.monitorName, candidate.alert.host?.name].filter(Boolean).join(' · ');

  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    let current = true;
    const suggest = (text: string | null): void => {
      if (current && !touched.current && text !== null) setTitle(text.slice(0, 200));
    };
    if (named === null) void pageTitle(pageId).then(suggest, () => undefined);
    else suggest(named);
    return () => {
      current = false;
    };
  }, [pageId, named]);

  const start = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (sending) return;
    if (title.trim() === '') return setRefusal({ field: 'title', text: t('error.title-empty') });
    const wanted = { pageId, spaceKey: spaceKey ?? '', title: title.trim(), severity, visibility: 'public' as const, candidateId: candidate?.id ?? null };
    const what = JSON.stringify(wanted);
    if (sent.current?.what !== what) sent.current = { what, opId: crypto.randomUUID() };
    setSending(true);
    setRefusal(null);
    try {
      const result = await press('incident.declare', { ...wanted, opId: sent.current.opId });
      if (result.page !== null && result.page.id !== pageId) setOther(result);
      else props.started();
    } catch (error) {
      if (!(error instanceof NoAnswer)) sent.current = null;
      setRefusal({ field: error instanceof Refused ? error.error.field : null, text: words.reason(error) });
    } finally {
      setSending(false);
    }
  };

  const page = other?.page ?? null;
  if (other !== null && page !== null) {
    return (
      <div role="status" className="start-form">
        <p>{t('board.start.already', { key: other.key })}</p>
        <p>
          <Button onClick={() => goTo(page.url)}>{t('home.open-page')}</Button>
        </p>
      </div>
    );
  }
  const space = props.spaces.find(({ key }) => key === spaceKey) ?? null;
  return (
    <form className="start-form" onSubmit={(event) => void start(event)} noValidate>
      <label className="field" htmlFor={`${id}-title`}>
        {t('home.form.field.title')}
        <input
          ref={field}
          id={`${id}-title`}
          className="input"
          value={title}
          maxLength={200}
          aria-required
          aria-invalid={refusal?.field === 'title'}
          onChange={(event) => {
            touched.current = true;
            setTitle(event.target.value);
          }}
          {...inputMethod.formHandlers}
        />
      </label>
      <label className="field" htmlFor={`${id}-severity`}>
        {t('home.form.field.severity')}
        <select id={`${id}-severity`} className="select" value={severity} onChange={(event) => setSeverity(SEVERITIES.find((known) => known === event.target.value) ?? 'pending')}>
          {SEVERITIES.map((value) => (
            <option key={value} value={value}>
              {t(`severity.${value}`)} – {t(`severity.${value}.meaning`)}
            </option>
          ))}
        </select>
      </label>
      <p className="quiet small">{space === null ? t('board.start.place') : t('board.start.place.space', { space: space.name })}</p>
      <p className="refusal" role="alert">
        {refusal?.text}
      </p>
      <p className="card-actions">
        <Button type="submit" look="primary" busy={sending}>
          {t(sending ? 'board.start.sending' : 'home.form.submit')}
        </Button>
        {props.cancel !== null && (
          <Button look="quiet" onClick={props.cancel}>
            {t('common.cancel')}
          </Button>
        )}
      </p>
    </form>
  );
}
