/** Finds a person or a group by name; people come first. */
import { useCallback } from 'react';
import type { Who } from '../../../../src/contract';
import { findGroups, findPeople } from '../api';
import { useWords } from '../words';
import { PersonPicker } from './PersonPicker';

export interface FoundWho {
  readonly who: Who;
  readonly name: string;
}
const PEOPLE = 6;

/** `left`: account and group ids that are not offered; stable while nothing changes. */
export function WhoPicker(props: { readonly label: string; readonly left: readonly string[]; readonly onPick: (found: FoundWho) => void }) {
  const { t } = useWords();
  const left = props.left.join();
  const find = useCallback(
    async (typed: string): Promise<readonly FoundWho[]> => {
      const [people, groups] = await Promise.all([findPeople(typed), findGroups(typed)]);
      const not = new Set(left.split(','));
      return [
        ...people.filter(({ accountId }) => !not.has(accountId)).slice(0, PEOPLE).map(({ accountId, name }) => ({ who: { accountId }, name })),
        ...groups.filter(({ groupId }) => !not.has(groupId)).map(({ groupId, name }) => ({ who: { groupId }, name: t('audience.group', { name }) })),
      ];
    },
    [left, t],
  );
  return <PersonPicker label={props.label} find={find} placeholder={t('audience.search')} onPick={props.onPick} />;
}
