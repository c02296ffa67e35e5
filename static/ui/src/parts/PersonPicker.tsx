import { useCallback } from 'react';
import { findPeople, type FoundPerson } from '../api';
import { useWords } from '../words';
import { SearchPicker } from './SearchPicker';

type Find = (typed: string) => Promise<readonly FoundPerson[]>;

/** `find`: where people are looked for; stable. */
export function PersonPicker(props: { readonly label: string; readonly onPick: (person: FoundPerson) => void; readonly find?: Find }) {
  const { t } = useWords();
  const look = props.find ?? findPeople;
  const find = useCallback(async (typed: string) => (await look(typed)).map((person) => ({ ...person, id: person.accountId })), [look]);
  return <SearchPicker label={props.label} placeholder={t('role.search.placeholder')} none={t('role.search.none')} unread={t('role.search.failed')} find={find} onPick={props.onPick} />;
}
