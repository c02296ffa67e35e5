export const DIALOGS = ['help', 'confirm', 'attach', 'metrics'] as const;
export type DialogName = (typeof DIALOGS)[number];
