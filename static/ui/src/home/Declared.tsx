import SectionMessage from '@atlaskit/section-message';
import type { DeclareResult } from '../../../../src/contract';
import { goTo } from '../api';
import { Button } from '../parts/basics';
import { useWords } from '../words';

/** What the press led to, said before the page opens; while the page is not there yet the board already is. */
export function Declared(props: { readonly result: DeclareResult; readonly long: boolean; readonly openBoard: (incidentId: string) => void }) {
  const { t } = useWords();
  const { page, key, already, incidentId } = props.result;
  const said = page === null ? 'home.form.waiting' : already ? 'home.form.already' : 'home.form.made';
  return (
    <div role="status">
      <SectionMessage appearance={already ? 'information' : 'success'}>
        <p>{t(said, { key })}</p>
        {page === null && props.long && <p>{t('home.form.waiting-long')}</p>}
        <p className="card-actions">
          {page !== null ? <Button onClick={() => goTo(page.url)}>{t('home.open-page')}</Button> : <Button onClick={() => props.openBoard(incidentId)}>{t('home.open-board')}</Button>}
        </p>
      </SectionMessage>
    </div>
  );
}
