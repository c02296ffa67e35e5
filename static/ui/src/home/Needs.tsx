import type { HealthNeed } from '../../../../src/contract';
import { Button } from '../parts/basics';
import { useWords } from '../words';

/** What an administrator should see to, in one line, wherever on the page they are. */
export function Needs(props: { readonly needs: readonly HealthNeed[]; readonly open: () => void }) {
  const words = useWords();
  const { t } = words;
  const [first, ...others] = props.needs;
  if (first === undefined) return null;
  return (
    <div className="needs" role="status">
      <p>
        <strong>{t('home.needs.title')}</strong>
        {words.say(first.key, first.params, 'home.needs.title')} {others.length > 0 && <span className="quiet">{t('home.needs.more', { n: others.length })}</span>}
      </p>
      <Button onClick={props.open}>{t('home.needs.open')}</Button>
    </div>
  );
}
