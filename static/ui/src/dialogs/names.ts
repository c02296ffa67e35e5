export const DIALOGS = ['help', 'confirm', 'attach', 'metrics', 'note', 'note-history', 'paste', 'copy'] as const;
export type DialogName = (typeof DIALOGS)[number];
