import type { DialogProps } from '../dialog';
import { useWords, type TextKey } from '../words';

const KEYS: readonly (readonly [string, TextKey])[] = [
  ['n', 'keys.note'],
  ['s', 'keys.severity'],
  ['t', 'keys.status'],
  ['a', 'keys.roles'],
  ['p', 'keys.paste'],
  ['g', 'keys.graph'],
  ['r', 'keys.rewind'],
  ['/', 'keys.filter'],
  ['?', 'keys.help'],
];

/** The keys of the board. They open and focus; none of them changes anything. */
export default function Help(_props: DialogProps) {
  const { t } = useWords();
  return (
    <>
      <p>{t('keys.explain')}</p>
      <dl className="keys">
        {KEYS.map(([key, text]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(text)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
