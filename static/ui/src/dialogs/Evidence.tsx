/** What was frozen of Mackerel's data: the copies, their files, and whether each is still as it was. */
import type { EvidenceView } from '../../../../src/contract';
import type { DialogProps } from '../dialog';
import { Button } from '../parts/basics';
import { usePaused } from '../parts/paused';
import { useName } from '../parts/people';
import { loadEvidenceTexts, useWords } from '../words';
import { Copy } from './evidence/Copy';
import { FreezeNow } from './evidence/FreezeNow';
import { useDrawing } from './evidence/use-drawing';
import { useEvidence } from './evidence/use-evidence';
import { textOf } from './given';
import { WithTexts } from './WithTexts';

export default function Evidence(props: DialogProps) {
  return (
    <WithTexts load={loadEvidenceTexts}>
      <Copies incidentId={textOf(props.given, 'incidentId')} pass={textOf(props.given, 'pass')} mayEdit={props.given['mayEdit'] === true} />
    </WithTexts>
  );
}

function Copies(props: { readonly incidentId: string; readonly pass: string; readonly mayEdit: boolean }) {
  const words = useWords();
  const { t } = words;
  const { incidentId, pass } = props;
  const isPaused = usePaused();
  const mayEdit = props.mayEdit && !isPaused;
  const { view, error, readAgain } = useEvidence(incidentId, pass);
  useDrawing(incidentId, pass, mayEdit, view, readAgain);
  if (view === null && error === null) return <p role="status" className="quiet">{t('common.loading')}</p>;
  const failed = error !== null && (
    <p role="alert">
      {words.reason(error)} <Button onClick={readAgain}>{t('common.retry')}</Button>
    </p>
  );
  if (view === null) return failed;
  return (
    <div className="evidence">
      <p>{t('evidence.lead')}</p>
      {mayEdit && <FreezeNow incidentId={incidentId} view={view} pressed={readAgain} />}
      {failed}
      {view.trouble !== null && (
        <p className="refusal" role="status">
          {t(`evidence.trouble.${view.trouble}`)}
        </p>
      )}
      {view.coming !== null && <Coming coming={view.coming} />}
      {view.copies.length === 0 ? view.coming === null && <p className="quiet">{t('evidence.none')}</p> : <ol className="evidence-copies">{view.copies.map((copy) => <Copy key={copy.n} copy={copy} />)}</ol>}
      {view.copies.length > 0 && view.work === 'due' && <p className="quiet">{t('evidence.more')}</p>}
    </div>
  );
}

function Coming(props: { readonly coming: NonNullable<EvidenceView['coming']> }) {
  const { t } = useWords();
  const by = props.coming.by?.accountId ?? null;
  const name = useName(by) ?? t('evidence.somebody');
  return (
    <p role="status">
      {by === null ? t('evidence.freeze.coming') : t('evidence.freeze.coming.by', { name })}
    </p>
  );
}
