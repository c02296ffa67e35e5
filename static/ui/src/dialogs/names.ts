export const DIALOGS = ['help', 'confirm', 'audience', 'attach', 'move-alert', 'merge', 'metrics', 'note', 'note-history', 'paste', 'copy', 'ticket', 'ticket-link', 'ticket-tasks', 'review', 'refresh-page', 'report', 'evidence', 'update', 'audit'] as const;
export type DialogName = (typeof DIALOGS)[number];
