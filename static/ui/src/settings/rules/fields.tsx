/** Labelled fields of a rule; what is wrong with one is said below it. */
import { useId, useState, type ReactNode } from 'react';
import { useWords } from '../../words';

interface Common {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly problem?: string | null | undefined;
}

function Under(props: { readonly id: string; readonly problem: string | null | undefined; readonly hint: string | undefined }) {
  if (props.problem != null)
    return (
      <p id={props.id} className="refusal small" role="alert">
        {props.problem}
      </p>
    );
  return props.hint === undefined ? null : (
    <p id={props.id} className="quiet small">
      {props.hint}
    </p>
  );
}
const told = (id: string, { problem, hint }: Common) => ({ 'aria-invalid': problem != null, ...(problem == null && hint === undefined ? {} : { 'aria-describedby': `${id}-under` }) });

export function TextIn(props: Common & { readonly value: string; readonly edit: (text: string) => void; readonly max: number; readonly numeric?: boolean; readonly placeholder?: string }) {
  const id = useId();
  return (
    <div className={`field ${props.numeric === true ? 'field-number' : ''}`}>
      <label htmlFor={id}>{props.label}</label>
      <input id={id} className="input" autoComplete="off" value={props.value} maxLength={props.max} placeholder={props.placeholder} inputMode={props.numeric === true ? 'numeric' : undefined} {...told(id, props)} onChange={(event) => props.edit(event.target.value)} />
      <Under id={`${id}-under`} problem={props.problem} hint={props.hint} />
    </div>
  );
}

export function TimeIn(props: Common & { readonly value: string; readonly edit: (clock: string) => void }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      <input id={id} className="input" type="time" value={props.value} {...told(id, props)} onChange={(event) => props.edit(event.target.value)} />
      <Under id={`${id}-under`} problem={props.problem} hint={props.hint} />
    </div>
  );
}

export interface Option<T extends string = string> {
  readonly value: T;
  readonly label: string;
}
export function SelectIn<T extends string>(props: Common & { readonly value: T; readonly options: readonly Option<T>[]; readonly edit: (value: T) => void }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      <select
        id={id}
        className="select"
        value={props.value}
        {...told(id, props)}
        onChange={(event) => {
          const chosen = props.options.find(({ value }) => value === event.target.value);
          if (chosen !== undefined) props.edit(chosen.value);
        }}
      >
        {props.options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <Under id={`${id}-under`} problem={props.problem} hint={props.hint} />
    </div>
  );
}

/** No name of Mackerel's is a blank. */
const OTHER = ' ';
/** One of a list, none, or what is typed because the list does not have it. Empty: none. */
export function PickIn(props: Common & { readonly value: string; readonly options: readonly Option[]; readonly none: string; readonly other: string; readonly max: number; readonly edit: (value: string) => void }) {
  const { t } = useWords();
  const id = useId();
  const [typing, setTyping] = useState(false);
  const { value, options, edit } = props;
  const typed = typing || (value !== '' && !options.some((one) => one.value === value));
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      <select
        id={id}
        className="select"
        value={typed ? OTHER : value}
        {...(typed ? {} : told(id, props))}
        onChange={(event) => {
          setTyping(event.target.value === OTHER);
          if (event.target.value !== OTHER) edit(event.target.value);
        }}
      >
        <option value="">{props.none}</option>
        {options.map((one) => (
          <option key={one.value} value={one.value}>
            {one.label}
          </option>
        ))}
        <option value={OTHER}>{props.other}</option>
      </select>
      {typed && <input className="input" autoComplete="off" autoFocus={typing} value={value} maxLength={props.max} aria-label={t('settings.rules.typed', { field: props.label })} {...told(id, props)} onChange={(event) => edit(event.target.value)} />}
      <Under id={`${id}-under`} problem={props.problem} hint={props.hint} />
    </div>
  );
}

export function Checks<T extends string | number>(props: Common & { readonly options: readonly { readonly value: T; readonly label: ReactNode }[]; readonly on: readonly T[]; readonly edit: (on: readonly T[]) => void }) {
  const id = useId();
  return (
    <fieldset className="checks" {...(props.problem == null && props.hint === undefined ? {} : { 'aria-describedby': `${id}-under` })}>
      <legend>{props.label}</legend>
      <div className="checks-row">
        {props.options.map(({ value, label }) => (
          <label key={value} className="check">
            <input type="checkbox" checked={props.on.includes(value)} aria-invalid={props.problem != null} onChange={(event) => props.edit(event.target.checked ? [...props.on, value] : props.on.filter((one) => one !== value))} />
            <span>{label}</span>
          </label>
        ))}
      </div>
      <Under id={`${id}-under`} problem={props.problem} hint={props.hint} />
    </fieldset>
  );
}
