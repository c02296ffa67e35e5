/** An incident that came from a file says so: what stands in it nobody here has seen. */
import type { IncidentHeadView } from '../../../../../src/contract';
import { useName } from '../../parts/people';
import { useWords } from '../../words';

export default function Imported(props: { readonly imported: NonNullable<IncidentHeadView['imported']> }) {
  const words = useWords();
  const { t } = words;
  const { key, at, by } = props.imported;
  const who = useName(by.accountId);
  return (
    <aside className="banner" aria-label={t('board.page.label')}>
      <p>{t('board.imported', { key, date: words.day(at), who: who ?? t('common.nobody') })}</p>
    </aside>
  );
}
