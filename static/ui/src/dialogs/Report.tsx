/** A report of an incident: chosen, written on where it stands, and taken away as a file or made a page. */
import { useState } from 'react';
import type { ReportView } from '../../../../src/contract';
import type { DialogProps } from '../dialog';
import { Button, Notice } from '../parts/basics';
import { download } from '../parts/download';
import { namesOf } from '../parts/people';
import { loadReportTexts, useWords } from '../words';
import { cleared, type, typedIn } from './report/draft';
import { peopleOf, readRecord, timelineCsv } from './report/files';
import { toMarkdown } from './report/markdown';
import { Options } from './report/Options';
import { Preview } from './report/Preview';
import { Published } from './report/Published';
import { useReport } from './report/use-report';
import { textOf } from './given';
import { WithTexts } from './WithTexts';

type Kind = 'word' | 'markdown' | 'csv' | 'adf' | 'json';
const FILES: readonly Kind[] = ['word', 'markdown', 'csv', 'adf', 'json'];

export default function Report(props: DialogProps) {
  return (
    <WithTexts load={loadReportTexts}>
      <Sheet incidentId={textOf(props.given, 'incidentId')} isPrivate={props.given['private'] === true} isOver={props.given['over'] === true} done={props.done} />
    </WithTexts>
  );
}

/** Its ending and what is in it; names are looked up for it. */
async function fileOf(kind: Exclude<Kind, 'json'>, view: ReportView, zone: string, lang: 'ja' | 'en', nobody: string): Promise<readonly [ending: string, content: string | Blob, type?: 'text/csv' | 'text/markdown']> {
  const names = await namesOf(peopleOf(view));
  const nameOf = (id: string): string => names.get(id) ?? nobody;
  switch (kind) {
    case 'word':
      return ['docx', await (await import('./report/docx')).toDocx(view.blocks, view.fileName, lang, nameOf)];
    case 'markdown':
      return ['md', toMarkdown(view.blocks, nameOf), 'text/markdown'];
    case 'csv':
      return ['csv', timelineCsv(view, zone, nameOf), 'text/csv'];
    case 'adf':
      return ['adf.json', view.adf ?? ''];
  }
}

function Sheet(props: { readonly incidentId: string; readonly isPrivate: boolean; readonly isOver: boolean; readonly done: DialogProps['done'] }) {
  const words = useWords();
  const { t } = words;
  const desk = useReport(props.incidentId, props.isOver);
  const { written, view } = desk;
  const [busy, setBusy] = useState<Kind | 'publish' | null>(null);
  const [said, setSaid] = useState('');
  const [refusal, setRefusal] = useState<string | null>(null);

  const run = (what: Kind | 'publish', work: () => Promise<string>): void => {
    if (busy !== null) return;
    setBusy(what);
    setRefusal(null);
    setSaid('');
    void work()
      .then(setSaid, (error: unknown) => setRefusal(words.reason(error)))
      .finally(() => setBusy(null));
  };
  const save = (kind: Kind) => async (): Promise<string> => {
    if (kind === 'json') {
      const name = `${view?.fileName ?? 'incident'}.json`;
      download(name, await readRecord(props.incidentId));
      return t('reports.done', { name });
    }
    const sent = await desk.sent();
    if (sent === null) return t('reports.changed');
    const [ending, content, type] = await fileOf(kind, sent, desk.zone, written.lang, t('common.nobody'));
    const name = `${sent.fileName}.${ending}`;
    download(name, content, type);
    return t('reports.done', { name });
  };
  const publish = async (): Promise<string> => {
    const n = await desk.publish();
    return n === null ? t('reports.changed') : t('reports.publish.done', { n });
  };

  if (view === null && desk.failure !== null) {
    return (
      <Notice tone="warning" title={t('reports.error')} actions={<Button onClick={desk.load}>{t('common.retry')}</Button>}>
        <p>{words.reason(desk.failure)}</p>
      </Notice>
    );
  }
  const refused = view?.refusal ?? null;
  return (
    <div className="report">
      <aside className="report-side">
        <Options desk={desk} />
        {view !== null && <Published versions={view.published} />}
      </aside>
      <div className="report-main">
        <div className="report-head">
          <p className="quiet small">{t('reports.preview.text')}</p>
          <Button look="quiet" className="small-button" onClick={() => desk.change(cleared(written))}>
            {t('reports.reset.all')}
          </Button>
        </div>
        {view !== null && desk.failure !== null && (
          <p className="refusal" role="alert">
            {words.reason(desk.failure)}
          </p>
        )}
        {view === null ? (
          <p role="status" className="quiet">
            {t('common.loading')}
          </p>
        ) : (
          <Preview blocks={view.blocks} busy={desk.loading} writing={{ typed: (id) => typedIn(written, id), type: (id, text) => desk.change(type(written, id, text)) }} />
        )}
      </div>
      <div className="dialog-actions report-actions">
        <p className="small report-word">
          <span className="refusal" role="alert">
            {refusal}
          </span>
          <span role="status">{said}</span>
          <span className="quiet">{refused !== null ? words.say(refused, {}, 'error.forbidden') : t(props.isPrivate ? 'reports.publish.private' : 'reports.publish.text')}</span>
        </p>
        <div className="report-files" role="group" aria-label={t('reports.files')}>
          {FILES.map((kind) => (
            <Button key={kind} title={kind === 'json' ? t('reports.json.text') : undefined} disabled={view === null || desk.loading} busy={busy === kind} onClick={() => run(kind, save(kind))}>
              {t(`reports.${kind}`)}
            </Button>
          ))}
          <Button look="primary" disabled={view === null || desk.loading || refused !== null} busy={busy === 'publish'} onClick={() => run('publish', publish)}>
            {t('reports.publish')}
          </Button>
        </div>
      </div>
    </div>
  );
}
