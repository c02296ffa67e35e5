import { useState } from 'react';
import type { DialogProps } from '../dialog';
import { Button } from '../parts/basics';
import { useWords, type TextKey } from '../words';

const KEYS: readonly (readonly [string, TextKey])[] = [
  ['n', 'keys.note'],
  ['s', 'keys.severity'],
  ['t', 'keys.status'],
  ['a', 'keys.roles'],
  ['p', 'keys.paste'],
  ['g', 'keys.graph'],
  ['i', 'keys.ticket'],
  ['r', 'keys.rewind'],
  ['u', 'keys.update'],
  ['/', 'keys.filter'],
  ['?', 'keys.help'],
];

/** The keys of the board. They open and focus; none of them changes anything. Who does not want them switches them off here. */
export default function Help({ given, done }: DialogProps) {
  const { t } = useWords();
  const [on, setOn] = useState(given['on'] !== false);
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
      <p className="quiet small">{t('keys.graph.explain')}</p>
      <label className="check">
        <input type="checkbox" checked={on} onChange={(event) => setOn(event.target.checked)} />
        {t('keys.on')}
      </label>
      <div className="dialog-actions">
        <Button look="primary" onClick={() => done({ on })}>
          {t('common.done')}
        </Button>
      </div>
    </>
  );
}
