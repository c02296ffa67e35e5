/** One copy: when and why it was made, its files with whether each is as it was, and what is not in it. */
import type { EvidenceCopyView, EvidenceFileView } from '../../../../../src/contract';
import { OutLink } from '../../parts/basics';
import { useName } from '../../parts/people';
import { useWords } from '../../words';

export function Copy(props: { readonly copy: EvidenceCopyView }) {
  const words = useWords();
  const { t } = words;
  const { n, at, by, phase, alerts, series, files, left, underWay } = props.copy;
  const name = useName(by?.accountId ?? null) ?? t('evidence.somebody');
  return (
    <li className="evidence-copy">
      <h2>{t('evidence.copy', { n, phase: t(`status.${phase}`) })}</h2>
      <p className="quiet">
        <span className="tabular" title={words.utc(at)}>{`${words.day(at)} ${words.clock(at)}`}</span> · {t('evidence.holds', { alerts, series })}
        {by !== null && <> · {t('evidence.by', { name })}</>}
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
  const { kind, title, drawnBy, name, url, bytes, sha256, state, by, at } = props.file;
  const who = useName(by?.accountId ?? null) ?? t('evidence.somebody');
  const drawer = useName(drawnBy?.accountId ?? null) ?? t('evidence.somebody');
  return (
    <li className="evidence-file">
      {state === 'gone' ? <span>{name}</span> : <OutLink href={url}>{name}</OutLink>}
      <span className="quiet">
        {title !== null && `${title} · `}
        {t(`evidence.file.${kind}`, { name: drawer })} · {`${Math.max(1, Math.round(bytes / KILO))} kB`}
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
