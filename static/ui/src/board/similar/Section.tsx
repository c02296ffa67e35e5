/** Earlier incidents like this one, in a box of their own that scrolls: what comes late must not move the board. */
import '../../styles/similar.css';
import { useLayoutEffect, useRef, useState } from 'react';
import type { Lang } from '../../../../../src/contract';
import { WithTexts } from '../../dialogs/WithTexts';
import { Button } from '../../parts/basics';
import { useWords, type Texts } from '../../words';
import { SimilarRow } from './SimilarRow';
import { useSimilar, useTicketStates } from './use-similar';

async function loadTexts(lang: Lang): Promise<Texts> {
  return (await (lang === 'ja' ? import('../../../../../locales/ja-JP.json?similar') : import('../../../../../locales/en-US.json?similar'))).default;
}

/** `alerts`: which are linked, as one text. */
export default function Section(props: { readonly alerts: string }) {
  return (
    <WithTexts load={loadTexts}>
      <Found {...props} />
    </WithTexts>
  );
}

function Found(props: { readonly alerts: string }) {
  const words = useWords();
  const { t } = words;
  const { view, error, retry } = useSimilar(props.alerts);
  const issues = useTicketStates(view);
  const [open, setOpen] = useState(false);
  const [tight, setTight] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  useLayoutEffect(() => {
    const box = list.current;
    if (box !== null && !open) setTight(box.scrollHeight > box.clientHeight + 1);
  }, [view, issues, open]);
  const incidents = view?.incidents ?? [];
  return (
    <section className={`similar-box ${open ? 'similar-open' : ''}`} aria-labelledby="similar-title">
      <div className="card-title">
        <h2 id="similar-title">
          {t('similar.title')} {incidents.length > 0 && <span className="count tabular">{incidents.length + (view?.more ?? 0)}</span>}
        </h2>
        {(tight || open) && (
          <Button look="quiet" className="small-button" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t(open ? 'similar.fold' : 'similar.unfold')}
          </Button>
        )}
      </div>
      {error !== null && (
        <p className="empty" role="status">
          {t('similar.failed')}{' '}
          <Button look="quiet" className="small-button" onClick={retry}>
            {t('common.retry')}
          </Button>
        </p>
      )}
      {view === null && error === null && (
        <p className="empty" role="status">
          {t('common.loading')}
        </p>
      )}
      {view !== null && incidents.length === 0 && error === null && <p className="empty">{t('similar.none')}</p>}
      {incidents.length > 0 && (
        <ul className="similar-list" ref={list}>
          {incidents.map((incident) => (
            <SimilarRow key={incident.id} incident={incident} issues={issues} />
          ))}
          {view !== null && view.more > 0 && <li className="similar-row quiet small">{t('similar.more', { n: view.more })}</li>}
        </ul>
      )}
    </section>
  );
}
