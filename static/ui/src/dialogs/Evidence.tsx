/** What was frozen of Mackerel's data: the copies, their files, and whether each is still as it was. */
import { useEffect, useState } from 'react';
import type { EvidenceCopyView, EvidenceFileView, EvidenceView } from '../../../../src/contract';
import { call } from '../api';
import type { DialogProps } from '../dialog';
import { Button, OutLink } from '../parts/basics';
import { useName } from '../parts/people';
import { loadEvidenceTexts, useWords, WordsProvider, type Texts } from '../words';
import { textOf } from './given';

export default function Evidence(props: DialogProps) {
  const words = useWords();
  const [texts, setTexts] = useState<Texts | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => void loadEvidenceTexts(words.lang).then(setTexts, () => setFailed(true)), [words.lang]);
  if (failed) return <p role="alert">{words.t('error.no-answer')}</p>;
  if (texts === null) return <p role="status" className="quiet">{words.t('common.loading')}</p>;
  return (
    <WordsProvider words={words.also(texts)}>
      <Copies incidentId={textOf(props.given, 'incidentId')} pass={textOf(props.given, 'pass')} />
    </WordsProvider>
  );
}

function Copies(props: { readonly incidentId: string; readonly pass: string }) {
  const words = useWords();
  const { t } = words;
  const { incidentId, pass } = props;
  const [read, setRead] = useState<EvidenceView | { readonly error: unknown } | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    let current = true;
    void call('board.evidence', { incidentId, pass }).then(
      (view) => current && setRead(view),
      (error: unknown) => current && setRead({ error }),
    );
    return () => {
      current = false;
    };
  }, [incidentId, pass, round]);
  if (read === null) return <p role="status" className="quiet">{t('common.loading')}</p>;
  if ('error' in read) {
    return (
      <p role="alert">
        {words.reason(read.error)} <Button onClick={() => setRound((n) => n + 1)}>{t('common.retry')}</Button>
      </p>
    );
  }
  return (
    <div className="evidence">
      <p>{t('evidence.lead')}</p>
      {read.trouble !== null && (
        <p className="refusal" role="status">
          {t(`evidence.trouble.${read.trouble}`)}
        </p>
      )}
      {read.copies.length === 0 ? <p className="quiet">{t('evidence.none')}</p> : <ol className="evidence-copies">{read.copies.map((copy) => <Copy key={copy.n} copy={copy} />)}</ol>}
      {read.copies.length > 0 && read.work === 'due' && <p className="quiet">{t('evidence.more')}</p>}
    </div>
  );
}

function Copy(props: { readonly copy: EvidenceCopyView }) {
  const words = useWords();
  const { t } = words;
  const { n, at, phase, alerts, series, files, left, underWay } = props.copy;
  return (
    <li className="evidence-copy">
      <h2>{t('evidence.copy', { n, phase: t(`status.${phase}`) })}</h2>
      <p className="quiet">
        <span className="tabular" title={words.utc(at)}>{`${words.day(at)} ${words.clock(at)}`}</span> · {t('evidence.holds', { alerts, series })}
        {underWay && <> · {t('evidence.under-way')}</>}
      </p>
      <ul>
        {files.map((file) => (
          <File key={file.name} file={file} />
        ))}
      </ul>
      {left.length > 0 && (
        <div className="evidence-left">
          <p className="quiet">{t('evidence.left')}</p>
          <ul>
            {left.map(({ why, n: count, names }) => (
              <li key={why}>{t(`evidence.left.${why}`, { n: count, names: names.join(', ') })}</li>
            ))}
          </ul>
        </div>
      )}
    </li>
  );
}

const KILO = 1_000;
function File(props: { readonly file: EvidenceFileView }) {
  const words = useWords();
  const { t } = words;
  const { kind, name, url, bytes, sha256, state, by, at } = props.file;
  const who = useName(by?.accountId ?? null) ?? t('evidence.somebody');
  return (
    <li className="evidence-file">
      {state === 'gone' ? <span>{name}</span> : <OutLink href={url}>{name}</OutLink>}
      <span className="quiet">
        {t(`evidence.file.${kind}`)} · {`${Math.max(1, Math.round(bytes / KILO))} kB`}
      </span>
      {state === 'same' && <span className="quiet">{t('evidence.same')}</span>}
      {state === 'gone' && <span className="evidence-changed">{t('evidence.gone')}</span>}
      {state === 'replaced' && (
        <span>
          <span className="evidence-changed">{t('evidence.replaced', { name: who, time: at === null ? '' : `${words.day(at)} ${words.clock(at)}` })}</span> {t('evidence.replaced.look')}
        </span>
      )}
      <span className="evidence-sum">
        {t('evidence.sum')} <code>{sha256}</code>
      </span>
    </li>
  );
}
