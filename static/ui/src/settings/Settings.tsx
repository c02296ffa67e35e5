import { useEffect, useState, type FormEvent, type ReactNode } from 'react';
import SectionMessage from '@atlaskit/section-message';
import type { GuideStep, PageTemplatesView, SettingsInput, SettingsView, WebhookView } from '../../../../src/contract';
import { call, Refused } from '../api';
import { useInputMethod } from '../parts/compose';
import { Button, Notice } from '../parts/basics';
import { PausedNote, usePaused } from '../parts/paused';
import { useWords } from '../words';
import { Changes } from './Changes';
import { Connection } from './Connection';
import { Data } from './data/Data';
import { differs, draftOf, inputOf, mappedOf, problemsOf, type Draft } from './draft';
import { Groups } from './Groups';
import { Guide } from './guide/Guide';
import { Presets } from './guide/Presets';
import { Sample } from './guide/Sample';
import { fieldsOf, isWanted, nextStep, settledWith, stepsOf } from './guide/steps';
import { PageTemplates } from '../parts/templates';
import { Pages } from './Pages';
import { Rules } from './rules/Rules';
import { useChoices } from './rules/use-choices';
import { Roles } from './Roles';
import { schemeProblems } from './scheme';
import { Services } from './Services';
import { Severities } from './Severities';
import { Shelf } from './Shelf';
import { Slack } from './Slack';
import { Templates } from './Templates';
import { Tickets } from './Tickets';
import { Webhook } from './Webhook';
import { Writes } from './Writes';

type Loaded = { readonly kind: 'loading' } | { readonly kind: 'refused' } | { readonly kind: 'failed'; readonly error: unknown } | { readonly kind: 'ready'; readonly stored: SettingsView };

/** `within`: a part of another screen, which has a title of its own. */
export function Settings(props: { readonly within?: true }) {
  const words = useWords();
  const { t } = words;
  const [loaded, setLoaded] = useState<Loaded>({ kind: 'loading' });
  const [round, setRound] = useState(0);
  useEffect(() => {
    void call('settings.get', {}).then(
      (stored) => setLoaded({ kind: 'ready', stored }),
      (error: unknown) => setLoaded(error instanceof Refused && (error.error.code === 'forbidden' || error.error.code === 'not-found') ? { kind: 'refused' } : { kind: 'failed', error }),
    );
  }, [round]);

  const Box = props.within === true ? 'section' : 'main';
  return (
    <Box className="settings">
      {props.within !== true && <h1>{t('settings.title')}</h1>}
      {props.within !== true && <PausedNote />}
      {loaded.kind === 'loading' && (
        <div className="skeleton" role="status" aria-label={t('common.loading')}>
          <div className="card bone-card" />
        </div>
      )}
      {loaded.kind === 'refused' && (
        <Notice title={t('settings.refused.title')}>
          <p>{t('settings.refused.text')}</p>
        </Notice>
      )}
      {loaded.kind === 'failed' && (
        <Notice tone="warning" title={t('settings.error.title')} actions={<Button onClick={() => setRound(round + 1)}>{t('common.retry')}</Button>}>
          <p>{words.reason(loaded.error)}</p>
        </Notice>
      )}
      {loaded.kind === 'ready' && <Editor first={loaded.stored} />}
    </Box>
  );
}

/** Fields whose card says what is wrong with them. */
const FIELDS = ['apiKey', 'slackUrl', 'services', 'rules', 'grouping', 'writes', 'groups', 'scheme', 'templates', 'tickets'] as const;

interface Problem {
  readonly field: string | null;
  readonly text: string;
  readonly conflict: boolean;
}

function Editor(props: { readonly first: SettingsView }) {
  const words = useWords();
  const inputMethod = useInputMethod();
  const { t } = words;
  const [stored, setStored] = useState(props.first);
  const [draft, setDraft] = useState<Draft>(() => draftOf(props.first, words.timeZone));
  const isPaused = usePaused();
  const [saving, setSaving] = useState(false);
  const [savedAt, setSavedAt] = useState<number | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  /** Somebody else's newer settings, met while saving ours. */
  const [theirs, setTheirs] = useState<SettingsView | null>(null);
  /** Somebody wanted to go on with rules that are not right yet: from then on what is wrong is marked. */
  const [open, setOpen] = useState<GuideStep | null>(() => nextStep(stepsOf(props.first), null));
  const [guided, setGuided] = useState(() => isWanted(props.first));
  const [moves, setMoves] = useState(0);
  /** Somebody wanted to go on from a step with nothing done. */
  const [still, setStill] = useState<string | null>(null);
  const [marked, setMarked] = useState({ on: false, times: 0 });
  const choices = useChoices(stored.version, stored.apiKeyLast4 !== null);
  const edit = (part: Partial<Draft>): void => setDraft((old) => ({ ...old, ...part }));
  const faults = problemsOf(draft);
  const numbers = schemeProblems(draft.scheme);
  const check = (): boolean => {
    const wrong = faults.length + numbers.length > 0;
    setMarked(({ times }) => ({ on: wrong, times: faults.length > 0 ? times + 1 : times }));
    return !wrong;
  };

  const take = (fresh: SettingsView): void => {
    setStored(fresh);
    setDraft(draftOf(fresh, words.timeZone));
    setMarked(({ times }) => ({ on: false, times }));
    setProblem(null);
    setTheirs(null);
  };
  /** A press changed the settings once, and nothing that is typed here. More than once was somebody else: the next save says so. */
  const tookVersion = (version: number): void => setStored((known) => ({ ...known, version: version <= known.version + 1 ? version : known.version }));
  const tookPages = ({ pages, version }: PageTemplatesView): void => {
    setStored((known) => ({ ...known, pageTemplates: pages.map(({ id, name }) => ({ id, name })) }));
    tookVersion(version);
  };
  const took = ({ url, canWrite, version }: Pick<WebhookView, 'url' | 'canWrite' | 'version'>): void => {
    setStored((known) => ({ ...known, webhookUrl: url, canWrite }));
    tookVersion(version);
  };
  const unfold = (step: GuideStep | null): void => {
    setStill(null);
    setOpen(step);
  };
  /** On to the next step that is left, with the focus. */
  const goOn = (fresh: SettingsView, from: GuideStep): void => {
    unfold(nextStep(stepsOf(fresh), from));
    setMoves((n) => n + 1);
  };
  const refused = async (error: unknown): Promise<void> => {
    const answer = error instanceof Refused ? error.error : null;
    const conflict = answer?.code === 'conflict';
    if (conflict) setTheirs(await call('settings.get', {}).catch(() => null));
    setProblem({ field: answer?.field ?? null, text: conflict ? t('settings.conflict') : words.reason(error), conflict });
  };
  const store = (input: SettingsInput, then: (fresh: SettingsView) => void): void => {
    setSaving(true);
    setProblem(null);
    void call('settings.save', input)
      .then(then, refused)
      .finally(() => setSaving(false));
  };
  const version = theirs?.version ?? stored.version;
  const save = (event: FormEvent): void => {
    event.preventDefault();
    if (saving) return;
    setProblem(null);
    setStill(null);
    if (!check()) return;
    const step = guided ? open : null;
    const settled = step === null ? {} : { settled: step === 'rules' ? settledWith(stored, step) : (stored.guide.settled ?? []) };
    store({ ...inputOf(draft, version), ...settled }, (fresh) => {
      take(fresh);
      setSavedAt(Date.now());
      if (step === null) return;
      if (stepsOf(fresh).some((one) => one.step === step && one.state === 'to-do')) setStill(t(`settings.guide.still.${step}`));
      else goOn(fresh, step);
    });
  };
  /** Left out as it is stored: what is typed there is not saved, and stays. */
  const skip = (step: GuideStep): void =>
    store({ ...inputOf(draftOf(stored, words.timeZone), version), settled: settledWith(stored, step) }, (fresh) => {
      setStored(fresh);
      goOn(fresh, step);
    });
  /** The problem of one field or one of its rows (`rules`, `rules.0.severity`). */
  const at = (field: string): string | null => (problem !== null && (problem.field === field || problem.field?.startsWith(`${field}.`) === true) ? problem.text : null);
  const placed = (guided ? fieldsOf(open) : FIELDS).some((field) => at(field) !== null);

  const webhook = <Webhook stored={stored} took={took} />;
  const services = <Services rows={draft.services} problem={at('services')} known={choices.found.services} edit={(rows) => edit({ services: rows })} />;
  const slack = <Slack stored={stored.slackConfigured} url={draft.slackUrl} remove={draft.removeSlack} problem={at('slackUrl')} edit={edit} />;
  const tickets = <Tickets stored={stored.tickets} tickets={draft.tickets} problem={at('tickets')} edit={(where) => edit({ tickets: where })} />;
  const connection = (children: ReactNode) => (
    <Connection stored={stored} apiKey={draft.apiKey} problem={at('apiKey')} edit={(apiKey) => edit({ apiKey })}>
      {children}
    </Connection>
  );
  const sample = <Sample stored={stored} took={(made) => setStored((known) => ({ ...known, guide: { ...known.guide, sample: made } }))} />;
  /** What a step is: the very card that stands on the page otherwise, except for rules to begin with. */
  const body = (step: GuideStep): ReactNode =>
    ({ key: connection(null), webhook: <section className="card settings-card">{webhook}</section>, services, rules: <Presets draft={draft} choices={choices} edit={edit} />, tickets, slack, sample })[step];
  const steps = stepsOf(stored);

  return (
    <PageTemplates pages={stored.pageTemplates}>
      <form className="settings-form" onSubmit={save} noValidate {...inputMethod.formHandlers}>
        {guided ? (
          <Guide steps={steps} open={open} moves={moves} saving={saving} still={still} body={body} unfold={unfold} skip={skip} close={() => setGuided(false)} />
        ) : (
          <>
            <p className="guide-line">
              <Button
                onClick={() => {
                  unfold(nextStep(steps, null));
                  setGuided(true);
                  setMoves((n) => n + 1);
                }}
              >
                {t('settings.guide.open')}
              </Button>
              <span className="quiet">{t('settings.guide.progress', { done: steps.filter(({ state }) => state !== 'to-do').length, all: steps.length })}</span>
            </p>
            {connection(webhook)}
            {services}
            <Rules draft={draft} services={mappedOf(draft)} choices={choices} problems={marked.on ? faults : []} refused={problem?.field == null ? null : { field: problem.field, text: problem.text }} edit={edit} check={check} marked={marked.times} />
            <Templates rows={draft.templates} services={mappedOf(draft).map(({ name }) => name)} problem={at('templates')} edit={(templates) => edit({ templates })}>
              <Pages connected={stored.version > 0} took={tookPages} />
              <Shelf spaces={stored.services.map(({ spaceKey }) => spaceKey)} connected={stored.version > 0} took={tookVersion} />
            </Templates>
            {slack}
            {tickets}
            <Severities scheme={draft.scheme} marked={marked.on} problem={at('scheme.severities')} edit={(scheme) => edit({ scheme })} />
            <Roles scheme={draft.scheme} problem={at('scheme.roles')} edit={(scheme) => edit({ scheme })} />
            <Groups groups={draft.groups} mayGrant={stored.mayGrant} problem={(may) => at(`groups.${may}`)} edit={(groups) => edit({ groups })} />
            <Writes writes={draft.writes} canWrite={stored.canWrite} mayGrant={stored.mayGrant} problem={at('writes')} edit={(writes) => edit({ writes })} />
          </>
        )}
        {problem !== null && !placed && (
          <div role="alert">
            <SectionMessage appearance={problem.conflict ? 'warning' : 'error'}>
              <p>{problem.text}</p>
              {theirs !== null && (
                <p className="card-actions">
                  <Button onClick={() => take(theirs)}>{t('settings.conflict.load')}</Button>
                </p>
              )}
            </SectionMessage>
          </div>
        )}
        {marked.on && faults.length > 0 && (
          <p className="refusal" role="alert">
            {t('settings.rules.mend', { n: faults.length })}
          </p>
        )}
        {!guided && (
          <div className="save-bar">
            <Button type="submit" look="primary" busy={saving} disabled={isPaused}>
              {t(saving ? 'common.saving' : 'settings.submit')}
            </Button>
            <span className="quiet" role="status">
              {differs(draft, stored) ? t('settings.unsaved') : savedAt !== null ? t('settings.saved', { time: words.clock(savedAt) }) : ''}
            </span>
          </div>
        )}
        {!guided && <Changes />}
      </form>
      {!guided && stored.mayGrant && stored.version > 0 && <Data stored={stored} />}
    </PageTemplates>
  );
}
