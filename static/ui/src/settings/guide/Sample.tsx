import { useRef, useState } from 'react';
import type { SampleView, SettingsView } from '../../../../../src/contract';
import { call } from '../../api';
import { Button, OutLink } from '../../parts/basics';
import { useKeptFocus } from '../../parts/kept-focus';
import { useWords } from '../../words';
import { SelectIn } from '../rules/fields';

/** A test alert that makes a page and takes it away again. */
export function Sample(props: { readonly stored: SettingsView; readonly took: (sample: SampleView | null) => void }) {
  const words = useWords();
  const { t } = words;
  const { sample } = props.stored.guide;
  const spaces = [...new Set(props.stored.services.map(({ spaceKey }) => spaceKey))];
  const [chosen, setChosen] = useState('');
  const [busy, setBusy] = useState<'making' | 'removing' | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const box = useRef<HTMLElement>(null);
  const [presses, setPresses] = useState<number | null>(null);
  useKeptFocus(box, busy === null ? presses : null);
  const spaceKey = spaces.find((key) => key === chosen) ?? spaces[0];
  const url = sample?.state === 'there' ? sample.url : null;
  const run = (what: 'making' | 'removing', work: () => Promise<SampleView | null>): void => {
    setBusy(what);
    setPresses((n) => (n ?? 0) + 1);
    setRefusal(null);
    void work()
      .then(props.took, (error: unknown) => setRefusal(words.reason(error)))
      .finally(() => setBusy(null));
  };
  return (
    <section ref={box} className="card settings-card" aria-labelledby="sample-title">
      <h2 id="sample-title">{t('settings.sample.title')}</h2>
      <p className="quiet">{t('settings.sample.intro')}</p>
      {spaceKey === undefined && <p className="empty-box">{t('settings.sample.none')}</p>}
      {spaceKey !== undefined && url === null && (
        <>
          <div className="field-row">
            <SelectIn label={t('settings.sample.space')} value={spaceKey} options={spaces.map((key) => ({ value: key, label: key }))} edit={setChosen} />
          </div>
          <Button className="add" busy={busy !== null} onClick={() => run('making', () => call('sample.make', { spaceKey }))}>
            {t(busy === 'making' ? 'settings.sample.making' : 'settings.sample.make')}
          </Button>
        </>
      )}
      {url !== null && (
        <p className="card-actions">
          <OutLink href={url}>{t('settings.sample.open')}</OutLink>
          <Button busy={busy !== null} onClick={() => run('removing', () => call('sample.remove', {}))}>
            {t(busy === 'removing' ? 'settings.sample.removing' : 'settings.sample.remove')}
          </Button>
        </p>
      )}
      <p className="quiet" role="status">
        {sample?.state === 'there' && t('settings.sample.there', { time: words.clock(sample.until) })}
        {sample?.state === 'removed' && t('settings.sample.removed')}
      </p>
      {refusal !== null && (
        <p className="refusal" role="alert">
          {refusal}
        </p>
      )}
    </section>
  );
}
