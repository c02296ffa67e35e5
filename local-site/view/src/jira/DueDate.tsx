import type { ReactElement } from 'react';
import { DatePicker } from '@atlaskit/datetime-picker';
import { useSession } from '../session';
import { useWords } from '../words';

/** `value` is YYYY-MM-DD; null: none. */
export default function DueDate({ value, onChange }: { readonly value: string | null; readonly onChange: (value: string | null) => void }): ReactElement {
  const { lang } = useSession();
  const say = useWords();
  return <DatePicker id="due-date" label={say('dueDate')} locale={lang === 'ja' ? 'ja-JP' : 'en-US'} placeholder={say('none')} spacing="compact" value={value ?? ''} onChange={(day) => onChange(day === '' ? null : day)} />;
}
