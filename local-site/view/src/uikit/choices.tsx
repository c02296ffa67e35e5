/** Inputs that choose from what is offered. */
import { useEffect, useState, type ComponentProps, type ReactElement } from 'react';
import Avatar from '@atlaskit/avatar';
import AtlaskitCheckbox from '@atlaskit/checkbox';
import { DatePicker as AtlaskitDatePicker, TimePicker as AtlaskitTimePicker } from '@atlaskit/datetime-picker';
import { HelperMessage, Label, RequiredAsterisk } from '@atlaskit/form';
import { RadioGroup as AtlaskitRadioGroup } from '@atlaskit/radio';
import AtlaskitSelect from '@atlaskit/select';
import { api, useSession } from '../session';
import { useWords } from '../words';
import { content, Nodes, propsOf, type Drawing } from './draw';
import { useShown } from './values';

interface Chosen<T> {
  readonly value?: T;
  readonly defaultValue?: T;
  readonly onChange?: (value: T, meta?: unknown) => void;
}
type SelectProps = Omit<ComponentProps<typeof AtlaskitSelect>, keyof Chosen<unknown> | 'id'>;

const Select: Drawing = ({ node }) => {
  const { id, inputId = id, value, defaultValue, onChange, onInputChange, ...props } = propsOf<SelectProps & Chosen<unknown> & { id?: string }>(node);
  const [shown, choose] = useShown<unknown>(value, defaultValue ?? null);
  return (
    <AtlaskitSelect
      {...props}
      inputId={inputId}
      menuPosition="fixed"
      value={shown as never}
      // What this returns would be taken for the new words.
      onInputChange={(typed, meta) => void onInputChange?.(typed, meta)}
      onChange={(chosen: unknown, meta: unknown) => choose(chosen, () => onChange?.(chosen, meta))}
    />
  );
};

type RadioProps = Omit<ComponentProps<typeof AtlaskitRadioGroup>, keyof Chosen<unknown>>;
const RadioGroup: Drawing = ({ node }) => {
  const { value, defaultValue, onChange, options, ...props } = propsOf<RadioProps & { value?: string; defaultValue?: string; onChange?: (event: unknown) => void }>(node);
  const [shown, choose] = useShown<string | null>(value, defaultValue ?? null);
  return (
    <AtlaskitRadioGroup
      {...props}
      options={options.map((option) => ({ ...option, label: content(option.label) }))}
      value={shown}
      onChange={(event) => choose(event.currentTarget.value, () => onChange?.(event))}
    />
  );
};

interface Option {
  readonly label: string;
  readonly value: string;
  readonly isDisabled?: boolean;
}
const CheckboxGroup: Drawing = ({ node }) => {
  const { name, options, isDisabled = false, value, defaultValue, onChange } = propsOf<Chosen<readonly string[]> & { name: string; options: readonly Option[]; isDisabled?: boolean }>(node);
  const [shown, choose] = useShown<readonly string[]>(value, defaultValue ?? []);
  const toggle = (option: string): void => {
    // In the order of the options, whichever was ticked first.
    const next = options.map((known) => known.value).filter((known) => (known === option ? !shown.includes(known) : shown.includes(known)));
    choose(next, () => onChange?.(next));
  };
  return (
    <div role="group">
      {options.map((option) => (
        <AtlaskitCheckbox
          key={option.value}
          name={name}
          value={option.value}
          label={option.label}
          isChecked={shown.includes(option.value)}
          isDisabled={isDisabled || option.isDisabled === true}
          onChange={() => toggle(option.value)}
        />
      ))}
    </div>
  );
};

type DateProps = Omit<ComponentProps<typeof AtlaskitDatePicker>, keyof Chosen<unknown>>;
const DatePicker: Drawing = ({ node }) => {
  const { lang } = useSession();
  const { value, defaultValue, onChange, ...props } = propsOf<DateProps & Chosen<string>>(node);
  const [shown, choose] = useShown(value, defaultValue ?? '');
  return (
    <AtlaskitDatePicker
      locale={lang === 'ja' ? 'ja-JP' : 'en-US'}
      {...props}
      value={shown}
      onChange={(day: string) => choose(day, () => onChange?.(day))}
    />
  );
};

type TimeProps = Omit<ComponentProps<typeof AtlaskitTimePicker>, keyof Chosen<unknown>>;
const TimePicker: Drawing = ({ node }) => {
  const { lang } = useSession();
  const { value, defaultValue, onChange, ...props } = propsOf<TimeProps & Chosen<string>>(node);
  const [shown, choose] = useShown(value, defaultValue ?? '');
  return <AtlaskitTimePicker locale={lang === 'ja' ? 'ja-JP' : 'en-US'} {...props} value={shown} onChange={(time: string) => choose(time, () => onChange?.(time))} />;
};

interface Person {
  readonly id: string;
  readonly type: 'user';
  readonly name: string;
  readonly email: string;
  readonly avatarUrl: string;
}
interface PickerProps {
  readonly label: string;
  readonly name: string;
  readonly description?: string;
  readonly placeholder?: string;
  readonly isMulti?: boolean;
  readonly isRequired?: boolean;
  readonly defaultValue?: string | readonly string[];
  readonly onChange?: (chosen: Person | readonly Person[] | null) => void;
}
interface FoundUsers {
  readonly results: readonly { readonly user: { readonly accountId: string; readonly accountType?: string; readonly displayName: string } }[];
}
const SEARCH_AFTER_MS = 200;
/** Whom the product's own search shows to this person; they have no addresses of mail or pictures. Empty while it fails. */
function usePeople(typed: string): { readonly people: readonly Person[]; readonly isLoading: boolean } {
  const [found, setFound] = useState<{ typed: string; people: readonly Person[] } | null>(null);
  useEffect(() => {
    let current = true;
    const name = typed.trim().replace(/["\\*]/g, ' ').trim();
    const cql = name === '' ? 'type=user' : `user.fullname~"${name}*"`;
    const search = async (): Promise<void> => {
      const { results } = await api<FoundUsers>(`/wiki/rest/api/search/user?cql=${encodeURIComponent(cql)}`).catch((): FoundUsers => ({ results: [] }));
      const people = results.filter(({ user }) => user.accountType !== 'app').map(({ user }): Person => ({ id: user.accountId, type: 'user', name: user.displayName, email: '', avatarUrl: '' }));
      if (current) setFound({ typed, people });
    };
    const timer = setTimeout(() => void search(), typed === '' ? 0 : SEARCH_AFTER_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [typed]);
  return { people: found?.people ?? [], isLoading: found?.typed !== typed };
}

const UserPicker: Drawing = ({ node }) => {
  const { label, name, description, placeholder, isMulti = false, isRequired = false, defaultValue = [], onChange } = propsOf<PickerProps>(node);
  const say = useWords();
  const { users } = useSession();
  const [typed, setTyped] = useState('');
  const { people, isLoading } = usePeople(typed);
  const known = users.map(({ accountId, displayName }): Person => ({ id: accountId, type: 'user', name: displayName, email: '', avatarUrl: '' }));
  const ids: readonly string[] = typeof defaultValue === 'string' ? [defaultValue] : defaultValue;
  const first = known.filter(({ id }) => ids.includes(id));
  const id = `user-picker-${node.key}`;
  return (
    <>
      <Label htmlFor={id}>
        {label}
        {isRequired ? <RequiredAsterisk /> : null}
      </Label>
      <AtlaskitSelect<Person, boolean>
        inputId={id}
        name={name}
        options={people}
        isMulti={isMulti}
        isLoading={isLoading}
        inputValue={typed}
        onInputChange={(value) => setTyped(value)}
        isClearable
        menuPosition="fixed"
        placeholder={placeholder ?? say('choosePerson')}
        defaultValue={isMulti ? first : (first[0] ?? null)}
        getOptionLabel={(person) => person.name}
        getOptionValue={(person) => person.id}
        formatOptionLabel={(person) => <PersonLabel name={person.name} />}
        onChange={(chosen) => onChange?.(chosen)}
      />
      {description === undefined ? null : <HelperMessage>{description}</HelperMessage>}
    </>
  );
};

function PersonLabel({ name }: { readonly name: string }): ReactElement {
  return (
    <span className="uikit-person">
      <Avatar size="xsmall" name="" borderColor="transparent" />
      {name}
    </span>
  );
}

const User: Drawing = ({ node }) => {
  const { accountId, hideDisplayName = false } = propsOf<{ accountId: string; hideDisplayName?: boolean }>(node);
  const say = useWords();
  const name = useSession().users.find((user) => user.accountId === accountId)?.displayName ?? say('unknownPerson');
  return (
    <span className="uikit-person">
      <Avatar size="small" name={hideDisplayName ? name : ''} borderColor="transparent" />
      {hideDisplayName ? null : name}
    </span>
  );
};

const UserGroup: Drawing = ({ node }) => (
  <span className="uikit-people">
    <Nodes of={node.children} />
  </span>
);

export const choices = { Select, RadioGroup, CheckboxGroup, DatePicker, TimePicker, UserPicker, User, UserGroup };
