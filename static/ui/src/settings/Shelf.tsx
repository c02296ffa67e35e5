import { useEffect, useRef, useState } from 'react';
import type { BuiltInTemplate, InstalledTemplatesView, InstalledTemplateView, Lang, TemplatePlace } from '../../../../src/contract';
import { call } from '../api';
import { askToConfirm } from '../dialogs/ask';
import { Button, Time } from '../parts/basics';
import { useKeptFocus } from '../parts/kept-focus';
import { Person } from '../parts/people';
import { TEMPLATES } from '../parts/templates';
import { useWords } from '../words';
import { Checks, SelectIn } from './rules/fields';

/** No space has an empty key. */
const SITE = '';
type Read = { readonly at: 'reading' } | { readonly at: 'read' } | { readonly at: 'failed'; readonly error: unknown };
interface Said {
  readonly text: string;
  readonly refused: boolean;
}
const keyOf = ({ template, lang, spaceKey }: TemplatePlace): string => JSON.stringify([template, lang, spaceKey]);

/** The page structure as templates behind Confluence's own Create button. */
export function Shelf(props: {
  /** Keys of the spaces that pages go to. */
  readonly spaces: readonly string[];
  /** Nothing is installed before the settings are saved for the first time. */
  readonly connected: boolean;
  /** A press changed the settings to this version. */
  readonly took: (version: number) => void;
}) {
  const words = useWords();
  const { t } = words;
  const { took, connected } = props;
  const spaces = [...new Set(props.spaces)];
  const [rows, setRows] = useState<readonly InstalledTemplateView[]>([]);
  const [read, setRead] = useState<Read>({ at: 'reading' });
  const [round, setRound] = useState(0);
  const [which, setWhich] = useState<readonly BuiltInTemplate[]>(['incident']);
  const [place, setPlace] = useState(SITE);
  const [lang, setLang] = useState<Lang>(words.lang);
  /** What is being worked on. */
  const [busy, setBusy] = useState<string | null>(null);
  const [said, setSaid] = useState<Said | null>(null);
  const box = useRef<HTMLElement>(null);
  useKeptFocus(box, busy === null ? said : null);

  useEffect(() => {
    if (!connected) return undefined;
    let gone = false;
    setRead({ at: 'reading' });
    call('templates.installed', {}).then(
      ({ installed }) => {
        if (gone) return;
        setRows(installed);
        setRead({ at: 'read' });
      },
      (error: unknown) => gone || setRead({ at: 'failed', error }),
    );
    return () => void (gone = true);
  }, [connected, round]);

  const take = ({ installed, version }: InstalledTemplatesView): void => {
    setRows(installed);
    setRead({ at: 'read' });
    took(version);
  };
  const nameOf = (template: BuiltInTemplate): string => t(`home.template.${template}`);
  const placeName = (spaceKey: string | null): string => (spaceKey === null ? t('settings.shelf.site') : t('settings.shelf.space', { space: spaceKey }));

  /** One after the other: each is a press of its own, and the first that is refused ends it. */
  const install = async (wanted: readonly TemplatePlace[]): Promise<void> => {
    setSaid(null);
    let done = 0;
    for (const of of wanted) {
      setBusy(keyOf(of));
      try {
        take(await call('template.install', of));
        done += 1;
      } catch (error) {
        const reason = words.reason(error);
        setSaid({ text: wanted.length === 1 ? reason : t('settings.shelf.some', { done, all: wanted.length, template: nameOf(of.template), reason }), refused: true });
        setRound((n) => n + 1);
        break;
      }
    }
    if (done === wanted.length) setSaid({ text: t('settings.shelf.installed', { n: done }), refused: false });
    setBusy(null);
  };
  const update = async (one: InstalledTemplateView): Promise<void> => {
    if (one.state !== 'gone' && (await askToConfirm({ title: t('settings.shelf.update.ask'), text: [t('settings.shelf.update.text')], lines: [nameOf(one.template)], yes: t('settings.shelf.update') })) === null) return;
    await install([of(one)]);
  };
  const remove = async (one: InstalledTemplateView): Promise<void> => {
    const text = t(one.state === 'hidden' ? 'settings.shelf.remove.hidden' : 'settings.shelf.remove.text');
    if ((await askToConfirm({ title: t('settings.shelf.remove.ask'), text: [text], lines: [nameOf(one.template)], yes: t('settings.shelf.remove') })) === null) return;
    setBusy(keyOf(one));
    setSaid(null);
    await call('template.remove', of(one)).then(
      (view) => {
        take(view);
        setSaid({ text: t('settings.shelf.removed'), refused: false });
      },
      (error: unknown) => setSaid({ text: words.reason(error), refused: true }),
    );
    setBusy(null);
  };
  const of = ({ template, lang: written, spaceKey }: TemplatePlace): TemplatePlace => ({ template, lang: written, spaceKey });
  const wanted = TEMPLATES.filter((template) => which.includes(template)).map((template) => ({ template, lang, spaceKey: place === SITE ? null : place }));
  const working = wanted.find((one) => keyOf(one) === busy);

  return (
    <section ref={box} className="rule-part shelf" aria-labelledby="shelf-title">
      <h3 id="shelf-title">
        {t('settings.shelf.title')} <span className="mark mark-plain">{t('settings.shelf.experimental')}</span>
      </h3>
      <p className="quiet">{t('settings.shelf.intro')}</p>
      <Checks label={t('settings.shelf.which')} options={TEMPLATES.map((template) => ({ value: template, label: nameOf(template) }))} on={which} edit={setWhich} />
      <div className="field-row">
        <SelectIn label={t('settings.shelf.place')} value={place} options={[{ value: SITE, label: placeName(null) }, ...spaces.map((key) => ({ value: key, label: placeName(key) }))]} edit={setPlace} />
        <SelectIn label={t('settings.shelf.lang')} value={lang} options={(['ja', 'en'] as const).map((one) => ({ value: one, label: t(`settings.services.lang.${one}`) }))} edit={setLang} />
      </div>
      <p className="quiet small">{t('settings.shelf.rights')}</p>
      <p className="card-actions">
        <Button busy={busy !== null} disabled={wanted.length === 0 || !connected} onClick={() => void install(wanted)}>
          {working === undefined ? t('settings.shelf.install', { n: wanted.length }) : t('settings.shelf.installing', { template: nameOf(working.template) })}
        </Button>
      </p>
      <p className={said?.refused === true ? 'refusal' : 'quiet'} role="status">
        {said?.text ?? (connected && read.at === 'reading' ? t('settings.shelf.checking') : '')}
      </p>
      {read.at === 'failed' && (
        <div className="shelf-failed">
          <p className="refusal" role="alert">
            {words.reason(read.error)}
          </p>
          <Button onClick={() => setRound(round + 1)}>{t('settings.shelf.again')}</Button>
        </div>
      )}
      {rows.length === 0 && (read.at === 'read' || !connected) && <p className="empty-box">{t('settings.shelf.none')}</p>}
      {rows.length > 0 && (
        <ul className="shelf-list" aria-label={t('settings.shelf.list')}>
          {rows.map((one) => (
            <li key={keyOf(one)} className="shelf-row">
              <span className="shelf-main">
                <strong>{nameOf(one.template)}</strong>
                <span className={one.state === 'there' ? 'connected small' : 'shelf-lost small'}>{t(`settings.shelf.state.${one.state}`)}</span>
                <span className="quiet small">
                  {placeName(one.spaceKey)} · {t(`settings.services.lang.${one.lang}`)} · <Time at={one.at} now={Date.now()} /> <Person person={one.by} />
                </span>
              </span>
              <span className="shelf-buttons">
                {(one.state === 'outdated' || one.state === 'gone') && (
                  <Button busy={busy !== null} onClick={() => void update(one)}>
                    {t(busy === keyOf(one) ? 'settings.shelf.working' : one.state === 'gone' ? 'settings.shelf.back' : 'settings.shelf.update')}
                  </Button>
                )}
                <Button look="quiet" busy={busy !== null} onClick={() => void remove(one)}>
                  {t('settings.shelf.remove')}
                </Button>
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
