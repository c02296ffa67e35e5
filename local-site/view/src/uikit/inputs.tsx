/** Inputs that are typed into or switched. */
import type { ChangeEvent, ComponentProps, FormEvent } from 'react';
import AtlaskitCheckbox from '@atlaskit/checkbox';
import { Radio as AtlaskitRadio } from '@atlaskit/radio';
import AtlaskitTextArea from '@atlaskit/textarea';
import AtlaskitTextfield from '@atlaskit/textfield';
import AtlaskitToggle from '@atlaskit/toggle';
import { propsOf, slots, type Drawing } from './draw';
import { useShown } from './values';

interface Typed {
  readonly value?: string | number | undefined;
  readonly defaultValue?: string | number | undefined;
  readonly onChange?: ((event: unknown) => void) | undefined;
}
/** `value` and `onChange` for an input of text. */
function useTyped({ value, defaultValue, onChange }: Typed): { value: string | number; onChange: (event: FormEvent<HTMLInputElement | HTMLTextAreaElement>) => void } {
  const [shown, type] = useShown(value, defaultValue ?? '');
  return {
    value: shown,
    onChange: (event) => type(event.currentTarget.value, () => onChange?.(event)),
  };
}

const Textfield: Drawing = ({ node }) => {
  const { value, defaultValue, onChange, elemAfterInput: _after, elemBeforeInput: _before, ...props } = propsOf<Omit<ComponentProps<typeof AtlaskitTextfield>, keyof Typed> & Typed>(node);
  const typed = useTyped({ value, defaultValue, onChange });
  return <AtlaskitTextfield {...props} {...typed} {...slots(node, 'elemAfterInput', 'elemBeforeInput')} />;
};

const TextArea: Drawing = ({ node }) => {
  const { value, defaultValue, onChange, ...props } = propsOf<Omit<ComponentProps<typeof AtlaskitTextArea>, keyof Typed> & Typed>(node);
  const typed = useTyped({ value, defaultValue, onChange });
  return <AtlaskitTextArea {...props} {...typed} value={String(typed.value)} />;
};

interface Switched {
  readonly isChecked?: boolean | undefined;
  readonly defaultChecked?: boolean | undefined;
  readonly onChange?: ((event: unknown) => void) | undefined;
}
/** `isChecked` and `onChange` for an input that is on or off. */
function useSwitched({ isChecked, defaultChecked, onChange }: Switched): { isChecked: boolean; onChange: (event: ChangeEvent<HTMLInputElement>) => void } {
  const [shown, set] = useShown(isChecked, defaultChecked ?? false);
  return {
    isChecked: shown,
    onChange: (event) => set(event.currentTarget.checked, () => onChange?.(event)),
  };
}

const Checkbox: Drawing = ({ node }) => {
  const { isChecked, defaultChecked, onChange, label: _label, ...props } = propsOf<Omit<ComponentProps<typeof AtlaskitCheckbox>, keyof Switched> & Switched>(node);
  return <AtlaskitCheckbox {...props} {...useSwitched({ isChecked, defaultChecked, onChange })} {...slots(node, 'label')} />;
};

const Toggle: Drawing = ({ node }) => {
  const { isChecked, defaultChecked, onChange, ...props } = propsOf<Omit<ComponentProps<typeof AtlaskitToggle>, keyof Switched> & Switched>(node);
  return <AtlaskitToggle {...props} {...useSwitched({ isChecked, defaultChecked, onChange })} />;
};

const Radio: Drawing = ({ node }) => {
  const { isChecked, onChange, label: _label, ...props } = propsOf<Omit<ComponentProps<typeof AtlaskitRadio>, keyof Switched> & Switched>(node);
  return <AtlaskitRadio {...props} {...useSwitched({ isChecked, onChange })} {...slots(node, 'label')} />;
};

export const inputs = { Textfield, TextArea, Checkbox, Radio, Toggle };
