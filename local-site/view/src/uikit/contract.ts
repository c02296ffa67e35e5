/**
 * Which props of each UI Kit component are drawn. The names are those of `@atlaskit/forge-react-types`; others are dropped, as the
 * real platform drops them. `REFUSED` lists those it would draw and this page does not: using one is reported.
 */
const FIELD = ['id', 'name', 'isRequired', 'isDisabled', 'isInvalid', 'value', 'aria-invalid', 'aria-labelledby', 'onChange', 'onBlur', 'onFocus', 'testId'] as const;
const BUTTON = ['children', 'appearance', 'autoFocus', 'isDisabled', 'isSelected', 'onBlur', 'onClick', 'onFocus', 'spacing', 'testId', 'shouldFitContainer'] as const;
const MODAL_PART = ['children', 'testId'] as const;

export const DRAWN = {
  Badge: ['appearance', 'children', 'max', 'testId'],
  Box: ['backgroundColor', 'children', 'padding', 'paddingBlock', 'paddingBlockEnd', 'paddingBlockStart', 'paddingInline', 'paddingInlineEnd', 'paddingInlineStart', 'role', 'testId', 'xcss'],
  Button: [...BUTTON, 'type', 'iconBefore', 'iconAfter'],
  ButtonGroup: ['children', 'testId', 'label', 'titleId'],
  Checkbox: [...FIELD, 'defaultChecked', 'isChecked', 'isIndeterminate', 'label'],
  CheckboxGroup: ['defaultValue', 'isDisabled', 'name', 'onChange', 'options', 'value'],
  Code: ['children', 'testId'],
  CodeBlock: ['text', 'testId', 'showLineNumbers', 'language', 'highlight', 'highlightedStartText', 'highlightedEndText', 'shouldWrapLongLines'],
  DatePicker: [...FIELD, 'appearance', 'autoFocus', 'defaultIsOpen', 'defaultValue', 'disabled', 'maxDate', 'minDate', 'isOpen', 'nextMonthLabel', 'previousMonthLabel', 'spacing', 'dateFormat', 'placeholder', 'locale', 'weekStartDay', 'shouldShowCalendarButton'],
  DynamicTable: ['caption', 'defaultPage', 'defaultSortKey', 'defaultSortOrder', 'emptyView', 'head', 'highlightedRowIndex', 'isFixedSize', 'isLoading', 'label', 'loadingSpinnerSize', 'onSetPage', 'page', 'paginationi18n', 'rows', 'rowsPerPage', 'sortKey', 'sortOrder', 'testId'],
  EmptyState: ['buttonGroupLabel', 'description', 'header', 'headingLevel', 'isLoading', 'primaryAction', 'secondaryAction', 'tertiaryAction', 'testId', 'width'],
  ErrorMessage: ['children', 'testId'],
  Form: ['children', 'onSubmit'],
  FormFooter: ['children', 'align'],
  FormHeader: ['title', 'description', 'children'],
  FormSection: ['title', 'description', 'children'],
  Heading: ['size', 'color', 'as', 'children', 'id', 'testId'],
  HelperMessage: ['children', 'testId'],
  Icon: ['color', 'glyph', 'label', 'size'],
  Inline: ['children', 'alignBlock', 'alignInline', 'spread', 'grow', 'space', 'shouldWrap', 'separator', 'rowSpace', 'testId'],
  Label: ['children', 'testId', 'id', 'labelFor'],
  Link: ['children', 'href', 'openNewTab'],
  LinkButton: [...BUTTON, 'href', 'target'],
  List: ['children', 'type'],
  ListItem: ['children'],
  LoadingButton: [...BUTTON, 'type', 'isLoading'],
  Lozenge: ['appearance', 'children', 'isBold', 'maxWidth', 'testId'],
  Modal: [...MODAL_PART, 'onClose', 'shouldScrollInViewport', 'label', 'width', 'height'],
  ModalBody: [...MODAL_PART, 'hasInlinePadding'],
  ModalFooter: MODAL_PART,
  ModalHeader: MODAL_PART,
  ModalTitle: [...MODAL_PART, 'appearance', 'isMultiline'],
  ModalTransition: ['children'],
  ProgressBar: ['appearance', 'ariaLabel', 'isIndeterminate', 'testId', 'value'],
  RadioGroup: ['defaultValue', 'options', 'testId', 'isRequired', 'isDisabled', 'isInvalid', 'value', 'aria-labelledby', 'name', 'onChange'],
  RequiredAsterisk: [],
  SectionMessage: ['children', 'appearance', 'title', 'actions', 'testId'],
  SectionMessageAction: ['children', 'onClick', 'href', 'testId'],
  Select: ['appearance', 'autoFocus', 'closeMenuOnSelect', 'defaultMenuIsOpen', 'defaultValue', 'id', 'inputId', 'isClearable', 'isDisabled', 'isInvalid', 'isLoading', 'isMulti', 'isSearchable', 'menuIsOpen', 'openMenuOnFocus', 'name', 'onBlur', 'onChange', 'onFocus', 'options', 'placeholder', 'spacing', 'testId', 'value', 'isRequired'],
  Spinner: ['appearance', 'delay', 'label', 'size', 'testId'],
  Stack: ['children', 'alignBlock', 'alignInline', 'grow', 'space', 'spread', 'testId'],
  Tag: ['text', 'appearance', 'color', 'elemBefore', 'href', 'testId', 'isRemovable', 'removeButtonLabel', 'onAfterRemoveAction'],
  TagGroup: ['children', 'alignment'],
  Text: ['align', 'as', 'color', 'maxLines', 'size', 'weight', 'children', 'testId'],
  TextArea: [...FIELD, 'appearance', 'defaultValue', 'isCompact', 'isMonospaced', 'isReadOnly', 'maxHeight', 'minimumRows', 'placeholder', 'resize', 'spellCheck', 'maxLength', 'minLength', 'autoFocus'],
  Textfield: [...FIELD, 'appearance', 'elemAfterInput', 'elemBeforeInput', 'isCompact', 'autoFocus', 'isReadOnly', 'isMonospaced', 'placeholder', 'width', 'type', 'defaultValue', 'min', 'max', 'maxLength', 'minLength', 'pattern'],
  Toggle: ['size', 'testId', 'defaultChecked', 'isChecked', 'label', 'id', 'isDisabled', 'value', 'name', 'onChange', 'onBlur', 'onFocus'],
  Tooltip: ['children', 'position', 'content', 'truncate', 'testId', 'delay'],
  User: ['accountId', 'hideDisplayName'],
  UserPicker: ['defaultValue', 'description', 'isMulti', 'isRequired', 'label', 'name', 'onChange', 'placeholder'],
  ValidMessage: ['children', 'testId'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Component = keyof typeof DRAWN;

export const REFUSED = {
  ButtonGroup: ['appearance'],
  DatePicker: ['selectProps'],
  DynamicTable: ['isRankable', 'onRankEnd', 'onRankStart'],
  Icon: ['primaryColor', 'secondaryColor'],
  LinkButton: ['ref'],
  Modal: ['autoFocus', 'icon', 'title'],
  RadioGroup: ['onInvalid'],
  Select: ['closeMenuOnScroll', 'defaultInputValue', 'inputValue', 'onInputChange'],
  Tag: ['onBeforeRemoveAction'],
  Tooltip: ['mousePosition'],
} as const satisfies Readonly<Partial<Record<Component, readonly string[]>>>;

/** What `xcss` may set on a Box; other properties could draw outside the place of the surface. */
export const XCSS = [
  'textAlign', 'color', 'boxShadow', 'opacity', 'backgroundColor', 'overflow', 'overflowX', 'overflowY', 'display', 'flexGrow', 'position',
  'width', 'height', 'minWidth', 'maxWidth', 'minHeight', 'maxHeight',
  'margin', 'marginBlock', 'marginBlockEnd', 'marginBlockStart', 'marginBottom', 'marginInline', 'marginInlineEnd', 'marginInlineStart', 'marginLeft',
  'marginRight', 'marginTop',
  'padding', 'paddingBlock', 'paddingBlockEnd', 'paddingBlockStart', 'paddingBottom', 'paddingInline', 'paddingInlineEnd', 'paddingInlineStart', 'paddingLeft',
  'paddingRight', 'paddingTop',
  'borderColor', 'borderBlockColor', 'borderBlockEndColor', 'borderBlockStartColor', 'borderBottomColor', 'borderInlineColor', 'borderInlineEndColor',
  'borderInlineStartColor', 'borderLeftColor', 'borderRightColor', 'borderTopColor',
  'borderRadius', 'borderBottomLeftRadius', 'borderBottomRightRadius', 'borderTopLeftRadius', 'borderTopRightRadius', 'borderEndEndRadius',
  'borderEndStartRadius', 'borderStartEndRadius', 'borderStartStartRadius',
  'borderWidth', 'borderBlockWidth', 'borderBlockEndWidth', 'borderBlockStartWidth', 'borderBottomWidth', 'borderInlineWidth', 'borderInlineEndWidth',
  'borderInlineStartWidth', 'borderLeftWidth', 'borderRightWidth', 'borderTopWidth',
  'borderStyle', 'borderTopStyle', 'borderBottomStyle', 'borderRightStyle', 'borderLeftStyle',
] as const;
