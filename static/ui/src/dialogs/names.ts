export const DIALOGS = ['help'] as const;
export type DialogName = (typeof DIALOGS)[number];
