import { useEffect, useState } from 'react';
import type { AppApi, TemplatePreview } from '../../../../src/contract';
import { call } from '../api';
import { PreviewLines } from '../parts/PreviewLines';
import { useTemplates } from '../parts/templates';
import { useWords } from '../words';

export type Wanted = Parameters<AppApi['template.preview']>[0];
/** While a title is being typed. */
const SETTLED_MS = 400;

type Loaded = { readonly of: string; readonly view: TemplatePreview } | { readonly of: string; readonly failed: unknown } | null;

/** What the page will hold, line by line. Nothing is asked for before it is opened. */
export function Preview({ wanted }: { readonly wanted: Wanted }) {
  const words = useWords();
  const { t } = words;
  const templates = useTemplates();
  const [open, setOpen] = useState(false);
  const [loaded, setLoaded] = useState<Loaded>(null);
  const what = JSON.stringify(wanted);
  useEffect(() => {
    if (!open) return;
    let stale = false;
    const timer = setTimeout(
      () => {
        void call('template.preview', JSON.parse(what) as Wanted).then(
          (view) => !stale && setLoaded({ of: what, view }),
          (failed: unknown) => !stale && setLoaded({ of: what, failed }),
        );
      },
      loaded === null ? 0 : SETTLED_MS,
    );
    return () => {
      stale = true;
      clearTimeout(timer);
    };
    // What is loaded only says whether this is the first time.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [open, what]);
  return (
    <details className="new-more" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('home.form.preview')}</summary>
      {loaded === null && (
        <p className="quiet" role="status">
          {t('home.form.preview.loading')}
        </p>
      )}
      {loaded !== null && 'failed' in loaded && (
        <p className="refusal" role="alert">
          {words.reason(loaded.failed)}
        </p>
      )}
      {loaded !== null && 'view' in loaded && (
        <>
          {wanted.template === null && <p className="quiet small">{t('home.form.template.of', { template: templates.name(loaded.view.template) })}</p>}
          <PreviewLines lines={loaded.view.lines} lang={loaded.view.lang} label={t('home.form.preview')} busy={loaded.of !== what} />
        </>
      )}
    </details>
  );
}
