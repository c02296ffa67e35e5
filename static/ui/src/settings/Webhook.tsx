import { useEffect, useRef, useState } from 'react';
import type { SettingsView, WebhookChannelView, WebhookView } from '../../../../src/contract';
import { call, press, Refused } from '../api';
import { askToConfirm } from '../dialogs/ask';
import { Button, useNow } from '../parts/basics';
import { canBeSetUp, channelWords } from '../parts/channel';
import { useKeptFocus } from '../parts/kept-focus';
import { useWords } from '../words';
import { useWaiting, type Waiting } from './use-waiting';

interface Said {
  readonly text: string;
  readonly refused: boolean;
}
type Pressed = 'set-up' | 'rotate' | 'remove';

/** The channel that lets Mackerel in: made in one press, or its address by hand, with its secret renewed now and then. */
export function Webhook(props: { readonly stored: SettingsView; readonly took: (view: Pick<WebhookView, 'url' | 'canWrite' | 'version'>) => void }) {
  const words = useWords();
  const { t } = words;
  const { stored, took } = props;
  const [channel, setChannel] = useState<WebhookChannelView | null>(null);
  const [busy, setBusy] = useState<Pressed | null>(null);
  const [said, setSaid] = useState<Said | null>(null);
  const [byHand, setByHand] = useState(false);
  const { waiting, begin, end } = useWaiting();
  const box = useRef<HTMLDivElement>(null);
  useKeptFocus(box, busy === null ? said : null);
  const url = stored.webhookUrl;
  const connected = url !== null && stored.apiKeyLast4 !== null;
  useEffect(() => {
    if (!connected) return undefined;
    let gone = false;
    // Not known is no reason to keep anything from being pressed.
    call('health.get', {}).then(
      ({ webhook }) => gone || setChannel((known) => known ?? webhook.channel),
      () => gone || setChannel((known) => known ?? { state: 'unknown', name: null, suspendedAt: null }),
    );
    return () => void (gone = true);
  }, [connected]);

  const run = async (what: Pressed, work: () => Promise<WebhookView>, tell: (view: WebhookView) => string): Promise<void> => {
    setBusy(what);
    setSaid(null);
    end();
    try {
      const view = await work();
      took(view);
      setChannel(view.channel);
      setSaid({ text: tell(view), refused: false });
      if (view.channel.state === 'ok') begin();
      else if (what !== 'remove') setByHand(view.channel.state !== 'suspended');
    } catch (error) {
      const readOnly = error instanceof Refused && error.error.messageKey === 'error.mackerel-read-only';
      setSaid({ text: readOnly ? t('settings.webhook.read-only') : words.reason(error), refused: true });
      if (readOnly) {
        setByHand(true);
        // What the refusal said of the key is kept in the settings.
        const fresh = await call('settings.get', {}).catch(() => null);
        if (fresh !== null) took({ url: fresh.webhookUrl ?? '', canWrite: fresh.canWrite, version: fresh.version });
      }
    }
    setBusy(null);
  };
  const setUp = (): void =>
    void run('set-up', () => call('webhook.setup', {}), ({ channel: { name, state } }) => t(state === 'suspended' ? 'settings.webhook.still-suspended' : 'settings.webhook.done', { name: name ?? '' }));
  const rotate = async (): Promise<void> => {
    const auto = channel !== null && channel.name !== null && stored.canWrite !== false;
    const text = [t('settings.webhook.rotate.text'), t(auto ? 'settings.webhook.rotate.auto' : 'settings.webhook.rotate.by-hand')];
    if ((await askToConfirm({ title: t('settings.webhook.rotate.ask'), text, yes: t('settings.webhook.rotate') })) === null) return;
    await run('rotate', () => press('webhook.rotate', { opId: crypto.randomUUID() }), (view) => {
      const time = words.minute(view.oldUntil ?? Date.now(), Date.now());
      return t(view.channel.state === 'ok' ? 'settings.webhook.rotated' : 'settings.webhook.rotated-by-hand', { time });
    });
  };
  const remove = async (): Promise<void> => {
    if ((await askToConfirm({ title: t('settings.webhook.remove.ask'), text: [t('settings.webhook.remove.text')], yes: t('settings.webhook.remove') })) === null) return;
    await run('remove', () => call('webhook.remove', {}), () => t('settings.webhook.removed'));
  };

  if (url === null) {
    return (
      <div className="field">
        <span className="label">{t('settings.webhook.title')}</span>
        <p className="quiet">{t('settings.webhook.none')}</p>
      </div>
    );
  }
  const there = channel !== null && channel.name !== null;
  return (
    <div className="field webhook-field" ref={box}>
      <span className="label">{t('settings.webhook.title')}</span>
      {connected && (
        <p>
          <span className="quiet">{t('settings.webhook.state')}: </span>
          <span className={channel?.state === 'ok' ? 'connected' : ''}>{channel === null ? t('settings.webhook.checking') : channelWords(words, channel, Date.now())}</span>
        </p>
      )}
      {channel?.state === 'suspended' && <p className="refusal">{t('settings.webhook.still-suspended', { name: channel.name ?? '' })}</p>}
      <div className="webhook">
        {connected && (channel === null || canBeSetUp(channel)) && (
          <Button look="primary" busy={busy === 'set-up'} disabled={channel === null} onClick={setUp}>
            {t(busy === 'set-up' ? 'settings.webhook.setting-up' : there ? 'settings.webhook.mend' : 'settings.webhook.set-up')}
          </Button>
        )}
        <Button aria-expanded={byHand} onClick={() => setByHand(!byHand)}>
          {t('settings.webhook.by-hand')}
        </Button>
        <Button busy={busy === 'rotate'} onClick={() => void rotate()}>
          {t('settings.webhook.rotate')}
        </Button>
        {there && (
          <Button look="quiet" busy={busy === 'remove'} onClick={() => void remove()}>
            {t('settings.webhook.remove')}
          </Button>
        )}
      </div>
      <p className={said?.refused === true ? 'refusal' : 'quiet'} role="status">
        {said?.text ?? ''}
      </p>
      {byHand && <ByHand url={url} begin={begin} />}
      <Wait waiting={waiting} begin={begin} />
    </div>
  );
}

/** The address is hidden until asked for: it carries the secret that lets Mackerel in. Copying it begins the wait. */
function ByHand(props: { readonly url: string; readonly begin: () => void }) {
  const { t } = useWords();
  const [shown, setShown] = useState(false);
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no');
  const copy = (): void => {
    void Promise.resolve()
      .then(() => navigator.clipboard.writeText(props.url))
      .then(
        () => {
          setCopied('yes');
          props.begin();
        },
        () => setCopied('failed'),
      );
  };
  return (
    <div className="by-hand">
      <ol className="steps">
        <li>{t('settings.webhook.step1')}</li>
        <li>
          {t('settings.webhook.step2')}
          <div className="webhook">
            <code className="secret">{shown ? props.url : '••••••••••••••••••••••••'}</code>
            <Button aria-pressed={shown} onClick={() => setShown(!shown)}>
              {t(shown ? 'settings.webhook.hide' : 'settings.webhook.reveal')}
            </Button>
            <Button onClick={copy}>{t('settings.webhook.copy')}</Button>
            <span className="quiet small" role="status">
              {copied === 'no' ? '' : t(copied === 'yes' ? 'settings.webhook.copied' : 'settings.webhook.copy-failed')}
            </span>
          </div>
          <p className="quiet small">{t('settings.webhook.intro')}</p>
        </li>
        <li>{t('settings.webhook.step3')}</li>
      </ol>
    </div>
  );
}

function Wait(props: { readonly waiting: Waiting; readonly begin: () => void }) {
  const words = useWords();
  const { t } = words;
  const { waiting, begin } = props;
  return (
    <div className="webhook webhook-wait">
      <Button look="quiet" aria-disabled={waiting.kind === 'waiting' || undefined} onClick={begin}>
        {t('settings.webhook.wait')}
      </Button>
      <span className={waiting.kind === 'heard' ? 'connected' : waiting.kind === 'silent' || waiting.kind === 'failed' ? 'refusal' : 'quiet'} role="status">
        {waiting.kind === 'waiting' && t('settings.webhook.waiting')}
        {waiting.kind === 'heard' && t('settings.webhook.heard', { time: words.clock(waiting.at) })}
        {waiting.kind === 'silent' && t('settings.webhook.silent')}
        {waiting.kind === 'failed' && words.reason(waiting.error)}
      </span>
      {waiting.kind === 'waiting' && <Seconds began={waiting.began} />}
    </div>
  );
}
/** Beside the status, so that it is not read out every second. */
function Seconds(props: { readonly began: number }) {
  const words = useWords();
  return <span className="quiet tabular">{words.duration(useNow(0, 1_000) - props.began)}</span>;
}
