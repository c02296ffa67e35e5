import { useEffect, useRef, useState, type FormEvent } from 'react';
import Textfield from '@atlaskit/textfield';
import type { CandidateView, DeclareResult, IncidentHeadView, IncidentKind, Severity, SpaceView, TemplateId } from '../../../../src/contract';
import { call, goTo, NoAnswer, press, Refused } from '../api';
import { Button } from '../parts/basics';
import { useInputMethod } from '../parts/compose';
import { useTemplates } from '../parts/templates';
import type { FoundWho } from '../parts/WhoPicker';
import { useWords } from '../words';
import { Declared } from './Declared';
import { Doubt } from './Doubt';
import { PastTimes } from './PastTimes';
import { pastOf, type TypedPast } from './past';
import { Preview } from './Preview';
import { Similar } from './Similar';
import { similarOpen } from './similar-open';
import { audienceOf, WhoElse } from './WhoElse';

const SEVERITIES: readonly Severity[] = ['pending', 'sev1', 'sev2', 'sev3', 'sev4'];
type Kind = Exclude<IncidentKind, 'drill'>;
const KINDS: readonly Kind[] = ['incident', 'near-miss'];
const PAGE_AGAIN_MS = 1_000;
const PAGE_ATTEMPTS = 20;

type Phase = { readonly at: 'form' } | { readonly at: 'sending' } | { readonly at: 'declared'; readonly result: DeclareResult; readonly waited: number };

/** The page blueprint: a few fields, one press, and the reader lands on the page. */
export function NewIncident(props: {
  readonly candidate: CandidateView | null;
  readonly spaces: readonly SpaceView[];
  /** The group one has to be in to declare, where the reader is not. */
  readonly declareGroup: string | null;
  /** Those the reader may see. */
  readonly incidents: readonly IncidentHeadView[];
  readonly close: () => void;
  readonly changed: () => void;
  readonly openBoard: (incidentId: string) => void;
}) {
  const words = useWords();
  const { t } = words;
  const templates = useTemplates().options;
  const { candidate } = props;
  const usable = props.spaces.filter((space) => space.canDeclare);
  const service = candidate?.alert.service ?? null;
  const [title, setTitle] = useState(candidate === null ? '' : [candidate.alert.monitorName, candidate.alert.host?.name].filter(Boolean).join(' · '));
  const [severity, setSeverity] = useState<Severity>('pending');
  const [spaceKey, setSpaceKey] = useState((usable.find((space) => service !== null && space.services.includes(service)) ?? usable[0])?.key ?? '');
  const [kind, setKind] = useState<Kind>('incident');
  /** null: what the settings choose. */
  const [template, setTemplate] = useState<TemplateId | null>(null);
  /** null: it goes on. */
  const [past, setPast] = useState<TypedPast | null>(null);
  const [hidden, setHidden] = useState(false);
  const [named, setNamed] = useState<readonly FoundWho[]>([]);
  const [phase, setPhase] = useState<Phase>({ at: 'form' });
  const [error, setError] = useState<{ readonly field: string | null; readonly text: string } | null>(null);
  const sent = useRef<{ readonly what: string; readonly opId: string } | null>(null);
  const titleField = useRef<HTMLInputElement>(null);
  const inputMethod = useInputMethod();
  const submit = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (candidate === null) titleField.current?.focus();
    else submit.current?.querySelector('button')?.focus();
  }, [candidate]);

  const over = past === null ? null : pastOf(past, words.timeZone);

  const declare = (event: FormEvent): void => {
    event.preventDefault();
    if (phase.at !== 'form') return;
    if (title.trim() === '') {
      setError({ field: 'title', text: t('error.title-empty') });
      titleField.current?.focus();
      return;
    }
    if (past !== null && over === null) {
      setError({ field: 'past', text: t('error.past-times') });
      return;
    }
    const wanted = { spaceKey, title: title.trim(), severity, visibility: hidden ? ('private' as const) : ('public' as const), candidateId: candidate?.id ?? null, ...(kind === 'incident' ? {} : { kind }), ...(template === null ? {} : { template }), ...(over === null ? {} : { past: over }), ...(hidden && named.length > 0 ? { audience: audienceOf(named) } : {}) };
    // The same wish pressed again after a lost answer is the same press.
    const what = JSON.stringify(wanted);
    if (sent.current?.what !== what) sent.current = { what, opId: crypto.randomUUID() };
    setPhase({ at: 'sending' });
    setError(null);
    void press('incident.declare', { ...wanted, opId: sent.current.opId }).then(
      (result) => {
        setPhase({ at: 'declared', result, waited: 0 });
        props.changed();
      },
      (failed: unknown) => {
        if (!(failed instanceof NoAnswer)) sent.current = null;
        setPhase({ at: 'form' });
        setError({ field: failed instanceof Refused ? failed.error.field : null, text: words.reason(failed) });
      },
    );
  };

  const declared = phase.at === 'declared' ? phase : null;
  useEffect(() => {
    if (declared === null) return;
    const { result, waited } = declared;
    if (result.page !== null) {
      const { url } = result.page;
      const timer = setTimeout(() => goTo(url), result.already ? 1_800 : 300);
      return () => clearTimeout(timer);
    }
    if (waited >= PAGE_ATTEMPTS) return;
    const timer = setTimeout(() => {
      void call('board.load', { incidentId: result.incidentId }).then(
        (board) => setPhase({ at: 'declared', result: { ...result, page: board.incident.page }, waited: waited + 1 }),
        () => setPhase({ at: 'declared', result, waited: waited + 1 }),
      );
    }, PAGE_AGAIN_MS);
    return () => clearTimeout(timer);
  }, [declared]);

  if (declared !== null) return <Declared result={declared.result} long={declared.waited >= 6} openBoard={props.openBoard} />;
  const services = service === null ? (usable.find(({ key }) => key === spaceKey)?.services ?? []) : [service];
  const problem = (field: string): string | null => (error?.field === field ? error.text : null);
  return (
    <form className="card form" aria-labelledby="form-title" onSubmit={declare} noValidate {...inputMethod.formHandlers}>
      <h2 id="form-title">{t('home.form.title')}</h2>
      {candidate !== null && <p className="quiet">{t('home.form.from', { monitor: candidate.alert.monitorName })}</p>}
      {usable.length === 0 && (
        <p className="refusal" role="alert">
          {props.declareGroup === null ? t('home.form.no-space') : t('error.declare-group', { group: props.declareGroup })}
        </p>
      )}
      <div className="field">
        <label htmlFor="new-title">
          {t('home.form.field.title')} <span className="quiet">({t('home.form.required')})</span>
        </label>
        <Textfield
          id="new-title"
          ref={titleField}
          value={title}
          maxLength={200}
          isInvalid={problem('title') !== null}
          aria-describedby="new-title-hint"
          aria-required
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <p id="new-title-hint" className={problem('title') === null ? 'quiet small' : 'refusal'} role={problem('title') === null ? undefined : 'alert'}>
          {problem('title') ?? t('home.form.field.title.hint')}
        </p>
      </div>
      <Similar incidents={similarOpen(title, services, props.incidents, words.locale)} openBoard={props.openBoard} />
      <Doubt use={setSeverity} />
      <div className="field-row">
        <div className="field">
          <label htmlFor="new-severity">{t('home.form.field.severity')}</label>
          <select id="new-severity" className="select" value={severity} onChange={(event) => setSeverity(SEVERITIES.find((known) => known === event.target.value) ?? 'pending')}>
            {SEVERITIES.map((value) => (
              <option key={value} value={value}>
                {t(`severity.${value}`)} – {t(`severity.${value}.meaning`)}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor="new-space">{t('home.form.field.space')}</label>
          <select id="new-space" className="select" value={spaceKey} onChange={(event) => setSpaceKey(event.target.value)}>
            {usable.map((space) => (
              <option key={space.key} value={space.key}>
                {space.name} ({space.key})
              </option>
            ))}
          </select>
          {problem('spaceKey') !== null && (
            <p className="refusal" role="alert">
              {problem('spaceKey')}
            </p>
          )}
        </div>
      </div>
      <div className="field-row">
        <div className="field">
          <label htmlFor="new-kind">{t('home.form.kind')}</label>
          <select id="new-kind" className="select" value={kind} onChange={(event) => setKind(KINDS.find((known) => known === event.target.value) ?? 'incident')}>
            {KINDS.map((value) => (
              <option key={value} value={value}>
                {value === 'incident' ? t('home.form.kind.incident') : t(`board.kind.${value}`)}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor="new-template">{t('home.form.template')}</label>
          <select id="new-template" className="select" value={template ?? ''} onChange={(event) => setTemplate(templates.find((known) => known.value === event.target.value)?.value ?? null)}>
            <option value="">{t('home.form.template.chosen')}</option>
            {templates.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </div>
      </div>
      {candidate === null && <PastTimes past={past} problem={problem('past')} edit={setPast} />}
      {spaceKey !== '' && <Preview wanted={{ template, spaceKey, title: title.trim(), kind, severity, candidateId: candidate?.id ?? null, ...(over === null ? {} : { begunAt: over.begunAt }) }} />}
      <label className="check">
        <input type="checkbox" checked={hidden} onChange={(event) => setHidden(event.target.checked)} />
        {t('home.form.field.private')}
      </label>
      {hidden && <WhoElse named={named} edit={setNamed} />}
      {error !== null && error.field !== 'title' && error.field !== 'spaceKey' && error.field !== 'past' && (
        <p className="refusal" role="alert">
          {error.text}
        </p>
      )}
      <div className="card-actions" ref={submit}>
        <Button type="submit" look="primary" busy={phase.at === 'sending'} disabled={usable.length === 0}>
          {t(phase.at === 'sending' ? 'home.form.submitting' : 'home.form.submit')}
        </Button>
        <Button look="quiet" onClick={props.close}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  );
}
