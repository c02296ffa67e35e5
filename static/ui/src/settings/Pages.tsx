import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { Lang, PageTemplateLook, PageTemplatesView, PageTemplateView } from '../../../../src/contract';
import { call } from '../api';
import { askToConfirm } from '../dialogs/ask';
import { Button, OutLink, Time } from '../parts/basics';
import { useInputMethod } from '../parts/compose';
import { useKeptFocus } from '../parts/kept-focus';
import { Person } from '../parts/people';
import { PreviewLines } from '../parts/PreviewLines';
import { useWords } from '../words';
import { pageIdOf } from './page-address';
import { SelectIn, TextIn } from './rules/fields';

type Looked = { readonly at: 'nothing' } | { readonly at: 'looking' } | { readonly at: 'seen'; readonly look: PageTemplateLook };
interface Said {
  readonly text: string;
  readonly refused: boolean;
}

/** Confluence pages as templates: looked at on sample data, then used in that version. */
export function Pages(props: { readonly connected: boolean; readonly took: (view: PageTemplatesView) => void }) {
  const words = useWords();
  const { t } = words;
  const { connected, took } = props;
  const [rows, setRows] = useState<readonly PageTemplateView[]>([]);
  const [failed, setFailed] = useState<unknown>(null);
  const [round, setRound] = useState(0);
  const [typed, setTyped] = useState('');
  const [lang, setLang] = useState<Lang>(words.lang);
  const [looked, setLooked] = useState<Looked>({ at: 'nothing' });
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<Said | null>(null);
  const inputMethod = useInputMethod();
  const box = useRef<HTMLElement>(null);
  useKeptFocus(box, busy ? null : said);

  useEffect(() => {
    if (!connected) return undefined;
    let gone = false;
    setFailed(null);
    call('templates.pages', {}).then(
      ({ pages }) => gone || setRows(pages),
      (error: unknown) => gone || setFailed(error),
    );
    return () => void (gone = true);
  }, [connected, round]);

  const refuse = (error: unknown): void => setSaid({ text: words.reason(error), refused: true });
  const look = async (pageId: string | null, written: Lang): Promise<void> => {
    setSaid(pageId === null ? { text: t('settings.pages.address'), refused: true } : null);
    if (pageId === null) return;
    setLooked({ at: 'looking' });
    try {
      setLooked({ at: 'seen', look: await call('template.look', { pageId, lang: written }) });
    } catch (error) {
      setLooked({ at: 'nothing' });
      refuse(error);
    }
  };
  /** Enter in the address looks at the page, and does not save the settings. */
  const lookOnEnter = (event: KeyboardEvent): void => {
    const composing = inputMethod.owns(event);
    if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    if (!composing && connected && !busy && looked.at !== 'looking' && typed.trim() !== '') void look(pageIdOf(typed), lang);
  };
  const change = async (work: () => Promise<PageTemplatesView>, text: string): Promise<boolean> => {
    setBusy(true);
    setSaid(null);
    try {
      const view = await work();
      setRows(view.pages);
      took(view);
      setSaid({ text, refused: false });
      return true;
    } catch (error) {
      refuse(error);
      return false;
    } finally {
      setBusy(false);
    }
  };
  const adopt = async ({ pageId, version, title }: PageTemplateLook): Promise<void> => {
    if (!(await change(() => call('template.adopt', { pageId, version }), t('settings.pages.adopted', { name: title, version })))) return;
    setLooked({ at: 'nothing' });
    setTyped('');
  };
  const drop = async ({ id, name }: PageTemplateView): Promise<void> => {
    if ((await askToConfirm({ title: t('settings.pages.drop.ask'), text: [t('settings.pages.drop.text')], lines: [name], yes: t('settings.pages.drop') })) === null) return;
    await change(() => call('template.drop', { id }), t('settings.pages.dropped'));
  };

  return (
    <section ref={box} className="rule-part shelf pages" aria-labelledby="pages-title">
      <h3 id="pages-title">{t('settings.pages.title')}</h3>
      <p className="quiet">{t('settings.pages.intro')}</p>
      <p className="quiet small">{t('settings.pages.variables')}</p>
      <div className="field-row" {...inputMethod.handlers} onKeyDown={lookOnEnter}>
        <TextIn label={t('settings.pages.page')} hint={t('settings.pages.page.hint')} value={typed} max={2000} edit={setTyped} />
        <SelectIn label={t('settings.pages.lang')} value={lang} options={(['ja', 'en'] as const).map((one) => ({ value: one, label: t(`settings.services.lang.${one}`) }))} edit={setLang} />
      </div>
      <p className="card-actions">
        <Button busy={busy || looked.at === 'looking'} disabled={!connected || typed.trim() === ''} onClick={() => void look(pageIdOf(typed), lang)}>
          {t(looked.at === 'looking' ? 'settings.pages.looking' : 'settings.pages.look')}
        </Button>
      </p>
      <p className={said?.refused === true ? 'refusal' : 'quiet'} role="status">
        {said?.text ?? ''}
      </p>
      {looked.at === 'seen' && <Look look={looked.look} busy={busy} adopt={() => void adopt(looked.look)} leave={() => setLooked({ at: 'nothing' })} />}
      {failed !== null && (
        <div className="shelf-failed">
          <p className="refusal" role="alert">
            {words.reason(failed)}
          </p>
          <Button onClick={() => setRound(round + 1)}>{t('common.retry')}</Button>
        </div>
      )}
      {rows.length > 0 && (
        <ul className="shelf-list" aria-label={t('settings.pages.list')}>
          {rows.map((one) => (
            <li key={one.id} className="shelf-row">
              <span className="shelf-main">
                <strong>{one.url === null ? one.name : <OutLink href={one.url}>{one.name}</OutLink>}</strong>
                <span className={one.newest === one.version ? 'connected small' : 'shelf-lost small'}>
                  {one.newest === null ? t('settings.pages.gone') : one.newest === one.version ? t('settings.pages.version', { version: one.version }) : t('settings.pages.newer', { version: one.version, newest: one.newest })}
                </span>
                <span className="quiet small">
                  {t('settings.pages.used', { n: one.used })} · <Time at={one.at} now={Date.now()} /> <Person person={one.by} />
                </span>
              </span>
              <span className="shelf-buttons">
                {one.newest !== null && one.newest !== one.version && (
                  <Button busy={busy || looked.at === 'looking'} onClick={() => void look(one.pageId, lang)}>
                    {t('settings.pages.look-newer', { newest: one.newest })}
                  </Button>
                )}
                <Button look="quiet" busy={busy} onClick={() => void drop(one)}>
                  {t('settings.pages.drop')}
                </Button>
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Look(props: { readonly look: PageTemplateLook; readonly busy: boolean; readonly adopt: () => void; readonly leave: () => void }) {
  const { t } = useWords();
  const { title, version, lines, unknown, leftOut, lang } = props.look;
  return (
    <div className="page-look" role="group" aria-label={t('settings.pages.preview', { name: title, version })}>
      <p>
        <strong>{t('settings.pages.preview', { name: title, version })}</strong>
      </p>
      {unknown.length > 0 && <p className="shelf-lost">{t('settings.pages.unknown', { names: unknown.join(t('common.list-separator')) })}</p>}
      {leftOut.length > 0 && <p className="shelf-lost">{t('settings.pages.left-out', { names: leftOut.join(t('common.list-separator')) })}</p>}
      <PreviewLines lines={lines} lang={lang} label={t('settings.pages.preview', { name: title, version })} busy={false} />
      <p className="card-actions">
        <Button look="primary" busy={props.busy} onClick={props.adopt}>
          {t('settings.pages.adopt', { version })}
        </Button>
        <Button look="quiet" onClick={props.leave}>
          {t('common.cancel')}
        </Button>
      </p>
    </div>
  );
}
