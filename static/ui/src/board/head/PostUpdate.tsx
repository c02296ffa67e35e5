import type { IncidentHeadView } from '../../../../../src/contract';
import { openDialog } from '../../api';
import { Button } from '../../parts/basics';
import { useWords } from '../../words';
import { useEnv } from '../env';
import { ENDED } from '../logic';

/** For those who may edit, until it is over. The dialog publishes by itself. */
export function PostUpdate(props: { readonly head: IncidentHeadView }) {
  const { t } = useWords();
  const { can, incidentId, refresh } = useEnv();
  if (!can.edit || ENDED.has(props.head.status)) return null;
  const open = (): void => void openDialog('update', t('board.update.title'), { incidentId }, 'large').then((answer) => answer !== null && refresh(), () => undefined);
  return (
    <Button aria-haspopup="dialog" data-shortcut="u" onClick={open}>
      {t('board.update.open')}
    </Button>
  );
}
