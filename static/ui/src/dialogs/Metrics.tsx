import { useEffect, useMemo, useState } from 'react';
import type { MetricChoices } from '../../../../src/contract';
import { call, press } from '../api';
import type { DialogProps } from '../dialog';
import { Button } from '../parts/basics';
import { useWords } from '../words';
import { linesOf, textOf } from './given';

type Owner = { readonly hostId: string } | { readonly service: string };
type Sent = 'sending' | 'added' | { readonly refused: string };
const SHOWN = 60;

const ownerOf = (chosen: string): Owner | null => (chosen.startsWith('h:') ? { hostId: chosen.slice(2) } : chosen.startsWith('s:') ? { service: chosen.slice(2) } : null);

/** First whose metric, then which; each is put on the board with its own press. */
export default function Metrics({ given, done }: DialogProps) {
  const words = useWords();
  const { t } = words;
  const incidentId = textOf(given, 'incidentId');
  const pass = textOf(given, 'pass');
  const [choices, setChoices] = useState<MetricChoices | null>(null);
  const [loaded, setLoaded] = useState<string | null>(null);
  const [failed, setFailed] = useState<unknown>(null);
  const [chosen, setChosen] = useState('');
  const [round, setRound] = useState(0);
  const [sought, setSought] = useState('');
  const [sent, setSent] = useState<ReadonlyMap<string, Sent>>(() => new Map(linesOf(given, 'known').map((key) => [key, 'added'])));
  useEffect(() => {
    let current = true;
    setFailed(null);
    void call('board.metrics', { incidentId, pass, of: ownerOf(chosen) }).then(
      (answer) => {
        if (!current) return;
        setChoices(answer);
        setLoaded(chosen);
      },
      (error: unknown) => current && setFailed(error),
    );
    return () => {
      current = false;
    };
  }, [incidentId, pass, chosen, round]);

  const all = useMemo(() => (loaded === chosen ? (choices?.metrics ?? []) : []), [loaded, chosen, choices]);
  const found = useMemo(() => {
    const parts = sought.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean);
    return all.filter((metric) => parts.every((part) => metric.toLowerCase().includes(part)));
  }, [all, sought]);
  const tell = (key: string, news: Sent): void => setSent((old) => new Map(old).set(key, news));
  const add = (metric: string): void => {
    const target = ownerOf(chosen);
    const key = `${chosen} ${metric}`;
    if (target === null) return;
    tell(key, 'sending');
    void press('graph.add', { incidentId, opId: crypto.randomUUID(), target, metric }).then(
      () => tell(key, 'added'),
      (error: unknown) => tell(key, { refused: words.reason(error) }),
    );
  };

  return (
    <div className="dialog-list">
      <div className="field-row">
        <label className="field">
          {t('graph.add.whose')}
          <select className="select" value={chosen} autoFocus onChange={(event) => setChosen(event.target.value)}>
            <option value="">{t('graph.add.choose')}</option>
            {choices !== null && choices.services.length > 0 && (
              <optgroup label={t('graph.add.services')}>
                {choices.services.map((name) => (
                  <option key={name} value={`s:${name}`}>
                    {name}
                  </option>
                ))}
              </optgroup>
            )}
            {choices !== null && choices.hosts.length > 0 && (
              <optgroup label={t('graph.add.hosts')}>
                {choices.hosts.map((host) => (
                  <option key={host.id} value={`h:${host.id}`}>
                    {host.name}
                  </option>
                ))}
              </optgroup>
            )}
          </select>
        </label>
        <label className="field">
          {t('graph.add.search')}
          <input type="search" className="input" value={sought} disabled={chosen === ''} onChange={(event) => setSought(event.target.value)} />
        </label>
      </div>
      {failed !== null && (
        <p role="alert">
          {words.reason(failed)} <Button onClick={() => setRound((n) => n + 1)}>{t('common.retry')}</Button>
        </p>
      )}
      {failed === null && loaded !== chosen && <p role="status">{t('common.loading')}</p>}
      {chosen !== '' && loaded === chosen && found.length === 0 && <p className="quiet">{t(all.length === 0 ? 'graph.add.none' : 'graph.add.no-match')}</p>}
      <ul className="rows">
        {found.slice(0, SHOWN).map((metric) => {
          const news = sent.get(`${chosen} ${metric}`) ?? null;
          return (
            <li key={metric} className="row">
              <span className="row-main">
                <span className="metric">{metric}</span>
                {typeof news === 'object' && news !== null && (
                  <span className="refusal small" role="alert">
                    {news.refused}
                  </span>
                )}
              </span>
              {news === 'added' ? (
                <span className="row-said" role="status">
                  {t('graph.add.added')}
                </span>
              ) : (
                <Button busy={news === 'sending'} aria-label={t('graph.add.one', { metric })} onClick={() => add(metric)}>
                  {t(news === 'sending' ? 'common.saving' : 'graph.add.yes')}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      {found.length > SHOWN && <p className="quiet small">{t('graph.add.more', { n: found.length - SHOWN })}</p>}
      <div className="dialog-actions">
        <Button onClick={() => done(null)}>{t('common.done')}</Button>
      </div>
    </div>
  );
}
