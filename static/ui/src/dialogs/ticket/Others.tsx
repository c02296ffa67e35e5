/** Fields a project asks for beyond our own, each as what it is. */
import type { FoundPerson } from '../../api';
import type { FormField } from '../../jira/form';
import { useWords } from '../../words';
import { Owner } from './Owner';

type Typed = string | readonly string[];

export function Others(props: {
  readonly fields: readonly FormField[];
  readonly values: Readonly<Record<string, Typed>>;
  readonly names: Readonly<Record<string, string>>;
  readonly change: (key: string, value: Typed, name?: string) => void;
  readonly problem: (key: string) => string | null;
  readonly find: (typed: string) => Promise<readonly FoundPerson[]>;
}) {
  return (
    <>
      {props.fields
        .filter(({ input }) => input !== 'none')
        .map((field) => (
          <Other key={field.key} {...props} field={field} />
        ))}
    </>
  );
}

function Other(props: Parameters<typeof Others>[0] & { readonly field: FormField }) {
  const { t } = useWords();
  const { field, change, names } = props;
  const { key, name, input, options } = field;
  const id = `other-${key}`;
  const value = props.values[key] ?? '';
  const text = typeof value === 'string' ? value : '';
  const chosen = typeof value === 'string' ? [] : value;
  const problem = props.problem(key);
  const common = { id, 'aria-required': true, 'aria-invalid': problem !== null, 'aria-describedby': `${id}-said` } as const;
  const said = (
    <p id={`${id}-said`} className={problem === null ? 'quiet small' : 'refusal'} role={problem === null ? undefined : 'alert'}>
      {problem ?? (input === 'labels' ? t('ticket.labels.hint') : '')}
    </p>
  );
  const label = (
    <>
      {name} <span className="quiet">({t('home.form.required')})</span>
    </>
  );
  if (input === 'person') {
    return (
      <div>
        <Owner label={label} title={name} person={text === '' ? null : { accountId: text, name: names[text] ?? text }} problem={problem} find={props.find} change={(person) => change(key, person?.accountId ?? '', person?.name)} />
      </div>
    );
  }
  if (input === 'options') {
    return (
      <fieldset className="field other-options" aria-describedby={`${id}-said`}>
        <legend className="label">{label}</legend>
        <div className="option-list">
          {options.map((option) => (
            <label key={option.id} className="check">
              <input type="checkbox" checked={chosen.includes(option.id)} onChange={(event) => change(key, event.target.checked ? [...chosen, option.id] : chosen.filter((one) => one !== option.id))} />
              {option.name}
            </label>
          ))}
        </div>
        {said}
      </fieldset>
    );
  }
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {input === 'option' ? (
        <select {...common} className="select" value={text} onChange={(event) => change(key, event.target.value)}>
          <option value="">{t('select.choose')}</option>
          {options.map((option) => (
            <option key={option.id} value={option.id}>
              {option.name}
            </option>
          ))}
        </select>
      ) : input === 'paragraph' ? (
        <textarea {...common} className="input" rows={2} maxLength={4000} value={text} onChange={(event) => change(key, event.target.value)} />
      ) : input === 'date' ? (
        <input {...common} className="input" type="date" value={text} onChange={(event) => change(key, event.target.value)} />
      ) : (
        <input {...common} className="input" inputMode={input === 'number' ? 'decimal' : undefined} maxLength={255} value={text} onChange={(event) => change(key, event.target.value)} />
      )}
      {said}
    </div>
  );
}
