import { Notice } from '../../parts/basics';
import { useWords } from '../../words';

/** What a person inserting the macro in the editor sees; it calls nothing. */
export function StillCard() {
  const { t } = useWords();
  return (
    <Notice top title={t('board.still.title')}>
      <p>{t('board.still.text')}</p>
    </Notice>
  );
}

/** Inside a template there is no page and no incident yet; it calls nothing. */
export function TemplateCard() {
  const { t } = useWords();
  return (
    <Notice top title={t('board.still.title')}>
      <p>{t('board.template.text')}</p>
    </Notice>
  );
}

/** On the page of a test alert, which belongs to no incident; it calls nothing. */
export function SampleCard() {
  const { t } = useWords();
  return (
    <Notice top title={t('board.sample.title')}>
      <p>{t('board.sample.text')}</p>
    </Notice>
  );
}
