import { useCallback, useEffect, useRef, useState } from 'react';
import type { Lang, PageRefreshView, PreviewLine } from '../../../../src/contract';
import { call, press } from '../api';
import type { DialogProps } from '../dialog';
import { Button, Notice } from '../parts/basics';
import { Line } from '../parts/PreviewLines';
import { useWords } from '../words';
import { textOf } from './given';

/** What the page would read with what is known by now. It is written only when somebody presses, and never over what people wrote. */
export default function RefreshPage({ given, done }: DialogProps) {
  const words = useWords();
  const { t } = words;
  const incidentId = textOf(given, 'incidentId');
  const [view, setView] = useState<PageRefreshView | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  // One press, however often it is tried; another page version is another press.
  const operation = useRef('');
  const load = useCallback(
    () =>
      call('page.outdated', { incidentId }).then(
        (found) => {
          operation.current = crypto.randomUUID();
          setView(found);
          setFailure(null);
        },
        (error: unknown) => setFailure(error),
      ),
    [incidentId],
  );
  useEffect(() => void load(), [load]);

  if (failure !== null && view === null) {
    return (
      <Notice tone="warning" title={t('refresh.error')} actions={<Button onClick={() => void load()}>{t('common.retry')}</Button>}>
        <p>{words.reason(failure)}</p>
      </Notice>
    );
  }
  if (view === null) {
    return (
      <p role="status" className="quiet">
        {t('common.loading')}
      </p>
    );
  }
  const write = (): void => {
    setBusy(true);
    setRefusal(null);
    void press('page.refresh', { incidentId, opId: operation.current, version: view.version })
      .then(
        () => done({ refreshed: true }),
        async (error: unknown) => {
          setRefusal(words.reason(error));
          await load();
        },
      )
      .finally(() => setBusy(false));
  };
  const nothing = view.changes.length === 0;
  return (
    <div className="dialog-list">
      <p className="quiet">{t(nothing ? 'refresh.nothing' : 'refresh.text')}</p>
      {!nothing && (
        <ul className="page-changes" lang={view.lang} aria-label={t('refresh.changes')}>
          {view.changes.map((change, index) => (
            <li key={index}>
              <Lines lines={without(change.was, change.now)} as="del" lang={view.lang} />
              <Lines lines={without(change.now, change.was)} as="ins" lang={view.lang} />
            </li>
          ))}
        </ul>
      )}
      {view.kept.length > 0 && (
        <details>
          <summary>{t('refresh.kept', { n: view.kept.length })}</summary>
          <ul className="page-changes" lang={view.lang}>
            {view.kept.map((lines, index) => (
              <li key={index}>
                <Lines lines={lines} as="div" lang={view.lang} />
              </li>
            ))}
          </ul>
        </details>
      )}
      {view.isDrafted && !nothing && <Notice tone="plain" title={t('refresh.drafted')} actions={<Button onClick={() => void load()}>{t('common.retry')}</Button>} />}
      <p className="refusal" role="alert">
        {refusal}
      </p>
      <div className="dialog-actions">
        {!nothing && !view.isDrafted && (
          <Button look="primary" busy={busy} onClick={write}>
            {t('refresh.write')}
          </Button>
        )}
        <Button look="quiet" onClick={() => done(null)}>
          {t(nothing ? 'common.done' : 'common.cancel')}
        </Button>
      </div>
    </div>
  );
}

/** A table changes in a row or two: the others would only be read past. */
function without(lines: readonly PreviewLine[], others: readonly PreviewLine[]): readonly PreviewLine[] {
  const known = new Set(others.map((line) => JSON.stringify(line)));
  return lines.filter((line) => !known.has(JSON.stringify(line)));
}

function Lines({ lines, as: Box, lang }: { readonly lines: readonly PreviewLine[]; readonly as: 'del' | 'ins' | 'div'; readonly lang: Lang }) {
  return lines.length === 0 ? null : (
    <Box className="page-lines" lang={lang}>
      {lines.map((line, index) => (
        <Line key={index} line={line} />
      ))}
    </Box>
  );
}
