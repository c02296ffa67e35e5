/** How alerts come in: what is heard, looked at and stuck; for administrators. */
import { useRef, useState, type ReactNode } from 'react';
import type { HealthView, StuckView } from '../../../../src/contract';
import { call, goToSettings, press } from '../api';
import { askToConfirm } from '../dialogs/ask';
import { Button, Notice, Time } from '../parts/basics';
import { channelWords } from '../parts/channel';
import { LockIcon } from '../parts/icons';
import { useKeptFocus } from '../parts/kept-focus';
import { useWords } from '../words';
import type { Health as State } from './use-health';

/** Needs whose remedy is in the settings. */
const IN_SETTINGS = new Set(['key-none', 'key-refused', 'key-forbidden', 'missing', 'no-alert-events', 'alert-group', 'outdated'].map((name) => `health.need.${name}`));

export default function Health(props: { readonly health: State; readonly openBoard: (incidentId: string) => void }) {
  const words = useWords();
  const { t } = words;
  const { view, error, readAt, refresh, take } = props.health;
  return (
    <div className="all health">
      {view === null && error === null && <div className="skeleton card bone-card" role="status" aria-label={t('common.loading')} />}
      {error !== null && (
        <Notice tone="warning" live title={view === null ? t('health.error.title') : t('home.stale', { time: words.clock(readAt) })} actions={<Button onClick={refresh}>{t('common.retry')}</Button>}>
          <p>{words.reason(error)}</p>
        </Notice>
      )}
      {view !== null && (
        <>
          <LookNow view={view} refresh={refresh} />
          <Needs view={view} />
          <Facts view={view} />
          <Stuck view={view} take={take} openBoard={props.openBoard} />
        </>
      )}
    </div>
  );
}

function LookNow(props: { readonly view: HealthView; readonly refresh: () => void }) {
  const words = useWords();
  const { t } = words;
  const [said, setSaid] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const look = (): void => {
    setBusy(true);
    setSaid(null);
    void call('health.poll', {})
      .then(
        ({ requested }) => {
          setSaid(t(requested ? 'health.polling' : 'health.poll-refused'));
          setTimeout(props.refresh, 4_000);
        },
        (error: unknown) => setSaid(words.reason(error)),
      )
      .finally(() => setBusy(false));
  };
  return (
    <div className="health-head">
      <span className="as-of tabular">{t('health.as-of', { time: words.clock(props.view.now) })}</span>
      <Button busy={busy} onClick={look}>
        {t('health.act.poll')}
      </Button>
      <span className="quiet" role="status">
        {said ?? ''}
      </span>
    </div>
  );
}

function Needs(props: { readonly view: HealthView }) {
  const words = useWords();
  const { t } = words;
  const { needs } = props.view;
  if (needs.length === 0) return <p className="empty-box">{t('health.ok')}</p>;
  return (
    <section className="notice notice-warning" aria-labelledby="needs-title">
      <h2 id="needs-title">{t('health.needs')}</h2>
      <ul className="needs-list">
        {needs.map((need) => (
          <li key={need.key}>{words.say(need.key, need.params, 'home.needs.title')}</li>
        ))}
      </ul>
      {needs.some(({ key }) => IN_SETTINGS.has(key)) && (
        <div className="notice-actions">
          <Button look="primary" onClick={goToSettings}>
            {t('health.settings')}
          </Button>
        </div>
      )}
    </section>
  );
}

function Fact(props: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="fact">
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}

function Facts(props: { readonly view: HealthView }) {
  const words = useWords();
  const { t } = words;
  const { view } = props;
  const { now, webhook, poll, key, hints, lastError, quota } = view;
  const at = (ms: number | null): ReactNode => (ms === null ? t('health.never') : <Time at={ms} now={now} />);
  const time = (ms: number): string => words.minute(ms, now);
  const error = lastError === null ? null : words.say(lastError.messageKey, {}, 'error.internal');
  const over = lastError !== null && poll.lastAt !== null && poll.lastAt > lastError.at;
  return (
    <div className="health-facts">
      <section className="card" aria-labelledby="health-webhook">
        <h2 id="health-webhook">{t('health.title.webhook')}</h2>
        <dl>
          <Fact name={t('health.last-webhook')}>{at(webhook.lastAt)}</Fact>
          <Fact name={t('health.channel')}>{channelWords(words, webhook.channel, now)}</Fact>
          <Fact name={t('health.hints')}>{hints.oldestAt === null ? t('health.none') : t('health.hints.what', { n: hints.waiting, more: String(hints.more), time: time(hints.oldestAt) })}</Fact>
          {webhook.rotatedAt !== null && <Fact name={t('health.rotated')}>{at(webhook.rotatedAt)}</Fact>}
          {webhook.oldUntil !== null && <Fact name={t('health.old-until')}>{at(webhook.oldUntil)}</Fact>}
          {webhook.turnedAway !== null && <Fact name={t('health.turned-away', { time: time(webhook.turnedAway.since) })}>{t('health.turned-away.what', { limited: webhook.turnedAway.limited, foreign: webhook.turnedAway.foreign })}</Fact>}
        </dl>
      </section>
      <section className="card" aria-labelledby="health-polls">
        <h2 id="health-polls">{t('health.title.polls')}</h2>
        <dl>
          <Fact name={t('health.last-poll')}>{at(poll.lastAt)}</Fact>
          <Fact name={t('health.reconciled')}>{at(poll.reconciledAt)}</Fact>
          <Fact name={t('health.unheard')}>{poll.unheard === null ? t('health.none') : t('health.unheard.what', { changes: poll.unheard.changes, time: time(poll.unheard.since) })}</Fact>
          {poll.rateLimitedAt !== null && <Fact name={t('health.rate-limited')}>{at(poll.rateLimitedAt)}</Fact>}
          <Fact name={t('health.last-error')}>
            {error === null || lastError === null ? (
              t('health.none')
            ) : (
              <span className={over ? 'quiet' : 'refusal'}>
                <Time at={lastError.at} now={now} /> {over ? t('health.last-error.over', { text: error }) : error}
              </span>
            )}
          </Fact>
        </dl>
      </section>
      <section className="card" aria-labelledby="health-key">
        <h2 id="health-key">{t('health.title.key')}</h2>
        <dl>
          <Fact name={t('health.key.label')}>{key.last4 === null ? t(`health.key.${key.state}`) : t('health.key.what', { last4: key.last4, state: t(`health.key.${key.state}`) })}</Fact>
          <Fact name={t('health.key.org')}>{view.orgName ?? t('common.nobody')}</Fact>
          <Fact name={t('health.key.checked')}>{at(key.checkedAt)}</Fact>
          <Fact name={t('health.quota')}>{quota === null ? t('health.quota.unknown') : t('health.quota.what', { remaining: quota.remaining, limit: quota.limit === null ? 'none' : quota.limit.toLocaleString(words.locale), time: time(quota.at) })}</Fact>
        </dl>
      </section>
    </div>
  );
}

function Stuck(props: { readonly view: HealthView; readonly take: (view: HealthView) => void; readonly openBoard: (incidentId: string) => void }) {
  const words = useWords();
  const { t } = words;
  const [busy, setBusy] = useState<string | null>(null);
  const [said, setSaid] = useState<{ readonly text: string; readonly refused: boolean } | null>(null);
  const box = useRef<HTMLElement>(null);
  useKeptFocus(box, busy === null ? said : null);
  const run = async (verb: 'health.retry' | 'health.discard', { kind, id }: StuckView): Promise<void> => {
    setBusy(id);
    setSaid(null);
    try {
      props.take(await press(verb, { opId: crypto.randomUUID(), kind, id }));
      setSaid({ text: t(verb === 'health.retry' ? 'health.retried' : 'health.discarded'), refused: false });
    } catch (error) {
      setSaid({ text: words.reason(error), refused: true });
    }
    setBusy(null);
  };
  const discard = async (row: StuckView): Promise<void> => {
    const yes = await askToConfirm({ title: t(`health.discard.${row.kind}`), text: [t(`health.discard.${row.kind}.text`)], lines: [nameOf(row)], yes: t('health.act.discard') });
    if (yes !== null) await run('health.discard', row);
  };
  const nameOf = ({ incident, isPrivate }: StuckView): string => (incident !== null ? t('health.stuck.incident', { key: incident.key, title: incident.title }) : t(isPrivate ? 'health.stuck.private' : 'health.stuck.no-incident'));
  return (
    <section aria-labelledby="stuck-title" ref={box}>
      <div className="section-title">
        <h2 id="stuck-title">{t('health.title.stuck')}</h2>
        <span className={said?.refused === true ? 'refusal' : 'quiet'} role="status">
          {said?.text ?? ''}
        </span>
      </div>
      {props.view.stuck.length === 0 ? (
        <p className="empty-box">{t('health.stuck.none')}</p>
      ) : (
        <ul className="stuck-list">
          {props.view.stuck.map((row) => (
            <li key={`${row.kind}:${row.id}`} className="card stuck">
              <p className="overline">
                <span>{t(`health.stuck.${row.kind}`)}</span>
                <span className="mark mark-plain">{t(`health.state.${row.state}`)}</span>
                {row.attempts > 0 && <span className="tabular">{t('health.stuck.attempts', { n: row.attempts })}</span>}
              </p>
              <h3 className="with-icon">
                {row.isPrivate && <LockIcon />}
                {nameOf(row)}
              </h3>
              {row.reasonKey !== null && <p className="quiet">{row.reasonKey === 'error.busy' ? t('health.stuck.busy') : words.say(row.reasonKey, {}, 'error.internal')}</p>}
              <p className="card-actions">
                {row.can.retry && (
                  <Button busy={busy === row.id} onClick={() => void run('health.retry', row)}>
                    {t('health.act.retry')}
                  </Button>
                )}
                {row.can.discard && (
                  <Button look="quiet" busy={busy === row.id} onClick={() => void discard(row)}>
                    {t('health.act.discard')}
                  </Button>
                )}
                {row.incident !== null && (
                  <Button look="quiet" onClick={() => row.incident !== null && props.openBoard(row.incident.id)}>
                    {t('home.open-board')}
                  </Button>
                )}
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
