/** A form and its words. The app keeps the values; the form only says when to send. */
import { ErrorMessage, FormFooter, FormHeader, FormSection, HelperMessage, Label as AtlaskitLabel, RequiredAsterisk, ValidMessage } from '@atlaskit/form';
import { Nodes, plain, propsOf, type Drawing } from './draw';

const Form: Drawing = ({ node }) => {
  const { onSubmit } = propsOf<{ onSubmit?: () => void }>(node);
  return (
    <form
      noValidate
      className="uikit-form"
      onSubmit={(event) => {
        event.preventDefault();
        // A form in a dialog of the surface is also a descendant of the one around it.
        event.stopPropagation();
        onSubmit?.();
      }}
    >
      <Nodes of={node.children} />
    </form>
  );
};

const Label: Drawing = ({ node }) => {
  const { labelFor = '', ...props } = propsOf<{ labelFor?: string; id?: string; testId?: string }>(node);
  return (
    <AtlaskitLabel {...props} htmlFor={labelFor}>
      <Nodes of={node.children} />
    </AtlaskitLabel>
  );
};

export const form = {
  Form, Label, FormHeader: plain(FormHeader), FormSection: plain(FormSection), FormFooter: plain(FormFooter), HelperMessage: plain(HelperMessage),
  ErrorMessage: plain(ErrorMessage), ValidMessage: plain(ValidMessage), RequiredAsterisk: plain(RequiredAsterisk),
};
