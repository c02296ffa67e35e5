/** Inputs that choose from what is offered. */
import type { ComponentProps, ReactElement } from 'react';
import Avatar from '@atlaskit/avatar';
import AtlaskitCheckbox from '@atlaskit/checkbox';
import { DatePicker as AtlaskitDatePicker } from '@atlaskit/datetime-picker';
import { HelperMessage, Label, RequiredAsterisk } from '@atlaskit/form';
import { RadioGroup as AtlaskitRadioGroup } from '@atlaskit/radio';
import AtlaskitSelect from '@atlaskit/select';
import { useSession } from '../session';
import { useWords } from '../words';
import { content, propsOf, type Drawing } from './draw';
import { useShown } from './values';

interface Chosen<T> {
  readonly value?: T;
  readonly defaultValue?: T;
  readonly onChange?: (value: T, meta?: unknown) => void;
}
type SelectProps = Omit<ComponentProps<typeof AtlaskitSelect>, keyof Chosen<unknown> | 'id'>;

const Select: Drawing = ({ node }) => {
  const { id, inputId = id, value, defaultValue, onChange, ...props } = propsOf<SelectProps & Chosen<unknown> & { id?: string }>(node);
  const [shown, choose] = useShown<unknown>(value, defaultValue ?? null);
  return (
    <AtlaskitSelect
      {...props}
      inputId={inputId}
      menuPosition="fixed"
      value={shown as never}
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
/** The people of this site; they have no addresses of mail or pictures. */
const UserPicker: Drawing = ({ node }) => {
  const { label, name, description, placeholder, isMulti = false, isRequired = false, defaultValue = [], onChange } = propsOf<PickerProps>(node);
  const say = useWords();
  const { users } = useSession();
  const people = users.map(({ accountId, displayName }): Person => ({ id: accountId, type: 'user', name: displayName, email: '', avatarUrl: '' }));
  const ids: readonly string[] = typeof defaultValue === 'string' ? [defaultValue] : defaultValue;
  const first = people.filter(({ id }) => ids.includes(id));
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

export const choices = { Select, RadioGroup, CheckboxGroup, DatePicker, UserPicker, User };
