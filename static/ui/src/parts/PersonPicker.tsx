/** Finds a person, or whatever else `find` looks for, by name. */
import type { FoundPerson } from '../api';
import { useWords } from '../words';
import { SearchPicker, type Find, type Found } from './SearchPicker';

/** `find`: where those named so are looked for; stable. */
export function PersonPicker<T extends Found = FoundPerson>(props: { readonly label: string; readonly onPick: (found: T) => void; readonly find: Find<T>; readonly placeholder?: string }) {
  const { t } = useWords();
  return <SearchPicker label={props.label} placeholder={props.placeholder ?? t('role.search.placeholder')} none={t('role.search.none')} unread={t('role.search.failed')} find={props.find} onPick={props.onPick} />;
}
