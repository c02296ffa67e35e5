/** Every text field of the screens: where its code and a state with it are, and what commits what is written there. */
import type { Page } from '@playwright/test';

export interface Field {
  /** The component's file below `static/ui/src`, and which of its text fields. */
  readonly source: `${string}.tsx ${number}`;
  readonly screen: 'board' | 'home' | 'settings' | 'dialog';
  readonly css: string;
  /** A state that shows it. */
  readonly state: string;
  /** Stands before what is written. */
  readonly prefix?: string;
  /** What is converted, and into what. */
  readonly words?: readonly [string, string];
  /** What else has to be there before it can be sent. */
  readonly before?: (page: Page) => Promise<void>;
  /** What the commit needs to have been seen first. */
  readonly seen?: string;
  /** Enter takes what was found into the form and empties the field. */
  readonly takes?: true;
  /** Enter begins a new line. */
  readonly lines?: true;
  /** The key that commits, the verb (`close`: the dialog's answer) and what of its payload comes from the field; null: no key does. */
  readonly commits: readonly ['Enter' | 'Control+Enter', string, string] | null;
}

const CONFIRM = { source: 'dialogs/Confirm.tsx 1', commits: ['Control+Enter', 'close', '{"reason":"決済"}'] } as const;
const note = (page: Page): Promise<void> => page.locator('.note-words textarea').fill('pool');
const https = { prefix: 'https://meet.example.com/', before: note } as const;
const time = { prefix: '', words: ['２３：５０', '２３：５０'], before: note } as const;
const number = { prefix: '', words: ['じゅうに', '１２'] } as const;
const settings = { screen: 'settings', state: 'settings' } as const;

/** A text field that somebody can write into. */
export const WRITABLE = ':is(input:not([type=checkbox], [type=radio], [type=range], [type=date], [type=time], [type=file]), textarea, [contenteditable]):not([readonly], [disabled])';

export const fields: readonly Field[] = [
  { source: 'board/timeline/NoteFields.tsx 1', screen: 'board', css: '.composer .note-words textarea', state: 'board', commits: ['Control+Enter', 'note.add', '"text":"決済"'] },
  { source: 'board/timeline/NoteFields.tsx 2', screen: 'board', css: '.composer .note-link input', state: 'timeline-writing', ...https, commits: ['Control+Enter', 'note.add', '"link":"https://meet.example.com/決済"'] },
  { source: 'board/timeline/NoteFields.tsx 3', screen: 'board', css: '.composer .time-input', state: 'board', ...time, commits: ['Control+Enter', 'note.add', '"at":1795445400000'] },
  { source: 'board/timeline/NoteFields.tsx 1', screen: 'dialog', css: '.note-words textarea', state: 'dialog-note-new', commits: ['Control+Enter', 'close', '"text":"決済"'] },
  { source: 'board/timeline/NoteFields.tsx 2', screen: 'dialog', css: '.note-link input', state: 'dialog-note-new', ...https, commits: ['Control+Enter', 'close', '"link":"https://meet.example.com/決済"'] },
  { source: 'board/timeline/NoteFields.tsx 3', screen: 'dialog', css: '.time-input', state: 'dialog-note-new', ...time, commits: ['Control+Enter', 'close', '"time":"２３：５０"'] },
  { source: 'board/timeline/Tools.tsx 1', screen: 'board', css: '.timeline-search', state: 'board', commits: null },
  { source: 'board/head/LineEditor.tsx 1', screen: 'board', css: '.line-editor input', state: 'board-line-editing', commits: ['Enter', 'incident.line', '"text":"決済"'] },
  { source: 'board/head/PlacesEditor.tsx 1', screen: 'board', css: '.places-editor input', state: 'board-places-editing', prefix: 'https://meet.example.com/', commits: ['Enter', 'incident.places', '"call":"https://meet.example.com/決済"'] },
  { source: 'board/head/RoleMenu.tsx 1', screen: 'board', css: '.role-menu > input', state: 'board-role-new', commits: ['Enter', 'incident.role', '"role":{"name":"決済"},"person":"me"'] },
  { source: 'parts/SearchPicker.tsx 1', screen: 'board', css: '.person-picker input', state: 'board-role-search', seen: '[role=option]', commits: ['Enter', 'incident.role', '"person":"acc-alice"'] },
  { source: 'parts/Menu.tsx 1', screen: 'board', css: '.menu-note', state: 'board-severity-menu', commits: null },
  { source: 'parts/Menu.tsx 1', screen: 'board', css: '.menu-note', state: 'board-status-menu', commits: null },
  { source: 'board/states/Start.tsx 1', screen: 'board', css: '.start input[type=search]', state: 'board-start-many', commits: null },
  { source: 'board/states/StartForm.tsx 1', screen: 'board', css: '.start-form input', state: 'board-start', commits: ['Enter', 'incident.declare', '"title":"決済"'] },
  { source: 'dialogs/Paste.tsx 1', screen: 'dialog', css: '#paste-text', state: 'dialog-paste', prefix: '02:13 ', commits: ['Control+Enter', 'note.add', '"text":"決済"'] },
  { ...CONFIRM, screen: 'dialog', css: '.dialog-form > .field textarea', state: 'dialog-confirm' },
  { source: 'dialogs/Attach.tsx 1', screen: 'dialog', css: '.dialog-list > input[type=search]', state: 'dialog-attach', commits: null },
  { source: 'dialogs/report/Preview.tsx 1', screen: 'dialog', css: '.report-field textarea', state: 'dialog-report', commits: null, lines: true },
  { source: 'dialogs/Update.tsx 1', screen: 'dialog', css: '.update-fields textarea', state: 'dialog-update', lines: true, commits: ['Control+Enter', 'update.publish', '"conditions":"決済"'] },
  { source: 'dialogs/Merge.tsx 1', screen: 'dialog', css: 'input[type=search]', state: 'dialog-merge-many', commits: null },
  { source: 'dialogs/MoveAlert.tsx 1', screen: 'dialog', css: 'input[type=search]', state: 'dialog-move-alert-many', commits: null },
  { source: 'dialogs/Metrics.tsx 1', screen: 'dialog', css: '.field-row input[type=search]', state: 'dialog-metrics-chosen', commits: null },
  { source: 'dialogs/Ticket.tsx 1', screen: 'dialog', css: '#ticket-summary', state: 'dialog-ticket', seen: '#ticket-priority', commits: ['Control+Enter', 'ticket.create', '"summary":"決済"'] },
  { source: 'dialogs/ticket/Others.tsx 1', screen: 'dialog', css: '#other-customfield_2', state: 'dialog-ticket-required', commits: ['Control+Enter', 'ticket.create', '"customfield_2":"決済"'] },
  { source: 'dialogs/ticket/Others.tsx 2', screen: 'dialog', css: '#other-customfield_3', state: 'dialog-ticket-required', commits: ['Control+Enter', 'ticket.create', '"text":"決済"'] },
  { source: 'parts/SearchPicker.tsx 1', screen: 'dialog', css: '.person-picker input', state: 'dialog-ticket-owner', seen: '[role=option]', commits: ['Control+Enter', 'ticket.create', '"assignee":null'] },
  { source: 'parts/SearchPicker.tsx 1', screen: 'dialog', css: '.person-picker input', state: 'dialog-audience', seen: '[role=option]', commits: ['Enter', 'audience.add', '"who":{"groupId":"g3"}'] },
  { source: 'parts/SearchPicker.tsx 1', screen: 'home', css: '.person-picker input', state: 'home-new-private', seen: '[role=option]', commits: null, takes: true },
  { source: 'parts/ProjectChoice.tsx 1', screen: 'dialog', css: '.project-choice > input[type=search]', state: 'dialog-ticket-elsewhere', commits: ['Control+Enter', 'ticket.create', '"projectId":"1"'] },
  { source: 'dialogs/review/Plan.tsx 1', screen: 'dialog', css: '[aria-labelledby=review-plan] input[inputmode=url]', state: 'dialog-review', prefix: 'https://meet.example.com/', commits: ['Control+Enter', 'review.save', '"meeting":"https://meet.example.com/決済"'] },
  { source: 'dialogs/review/Factors.tsx 1', screen: 'dialog', css: '.review-factor textarea', state: 'dialog-review', commits: ['Control+Enter', 'review.save', '"text":"決済"'] },
  { source: 'dialogs/review/Factors.tsx 2', screen: 'dialog', css: '.review-factor input', state: 'dialog-review', commits: ['Control+Enter', 'review.save', '"tags":["決済"]'] },
  { source: 'dialogs/review/Whys.tsx 1', screen: 'dialog', css: '.review-why textarea', state: 'dialog-review', commits: ['Control+Enter', 'review.save', '"text":"決済"'] },
  { source: 'dialogs/review/Lessons.tsx 1', screen: 'dialog', css: '[aria-labelledby=review-lessons] textarea', state: 'dialog-review', commits: ['Control+Enter', 'review.save', '"well":"決済"'] },
  { source: 'home/Reviews.tsx 1', screen: 'home', css: '.review-tools input', state: 'home-reviews', commits: null },
  { source: 'dialogs/TicketLink.tsx 1', screen: 'dialog', css: '#link-search', state: 'dialog-ticket-link', commits: null },
  { source: 'home/NewIncident.tsx 1', screen: 'home', css: '#new-title', state: 'home-new', commits: ['Enter', 'incident.declare', '"title":"決済"'] },
  { source: 'home/AllTab.tsx 1', screen: 'home', css: '.filters input', state: 'home-all', commits: null },
  { source: 'settings/Connection.tsx 1', ...settings, css: '#api-key', commits: ['Enter', 'settings.save', '"apiKey":"決済"'] },
  { source: 'settings/Services.tsx 1', ...settings, css: '.row-service label:nth-of-type(1) input', commits: ['Enter', 'settings.save', '"name":"決済"'] },
  { source: 'settings/Services.tsx 2', ...settings, css: '.row-service label:nth-of-type(2) input', commits: ['Enter', 'settings.save', '"spaceKey":"決済"'] },
  // Whose words are put into the rows above by a press of their own.
  { source: 'settings/rules/fields.tsx 1', screen: 'settings', css: '.unmapped .field > .input', state: 'guide-services', commits: null },
  { source: 'settings/rules/fields.tsx 1', screen: 'settings', css: '.rule-form > .field > .input', state: 'rules-declare', commits: ['Enter', 'settings.save', '"name":"決済","when":'] },
  { source: 'settings/rules/fields.tsx 1', screen: 'settings', css: '.rule-form .field > .input[placeholder^="web"]', state: 'rules-declare', commits: ['Enter', 'settings.save', '"host":"決済"'] },
  { source: 'settings/rules/fields.tsx 1', screen: 'settings', css: '.rule-form .field > .input[placeholder^="checkout"]', state: 'rules-declare', commits: ['Enter', 'settings.save', '"name":"決済","time":'] },
  { source: 'settings/rules/fields.tsx 1', screen: 'settings', css: '.rule-form .field-number > .input', state: 'rules-candidate', ...number, commits: ['Enter', 'settings.save', '"times":12'] },
  { source: 'settings/rules/fields.tsx 1', screen: 'settings', css: '[aria-labelledby=grouping-title] .field-number > .input', state: 'rules', ...number, commits: ['Enter', 'settings.save', '"monitorMinutes":12'] },
  { source: 'settings/rules/fields.tsx 1', screen: 'settings', css: '[aria-labelledby=trial-title] .field > .input', state: 'rules-tried-one', commits: null },
  { source: 'settings/rules/fields.tsx 2', screen: 'settings', css: '.rule-form .field:nth-child(3) > .select + .input', state: 'rules-typed', commits: ['Enter', 'settings.save', '"monitor":"決済"'] },
  // A service has no such name: nothing is saved, and it stays.
  { source: 'settings/rules/fields.tsx 2', screen: 'settings', css: '.rule-form .field > .select + .input', state: 'rules-typed', commits: null },
  { source: 'settings/rules/fields.tsx 2', screen: 'settings', css: '[aria-labelledby=trial-title] .field > .select + .input', state: 'rules-described', commits: null },
  { source: 'settings/rules/fields.tsx 1', screen: 'settings', state: 'settings-scheme', css: '.row-severity .field:nth-child(2) > .input', commits: ['Enter', 'settings.save', '"sev1":{"name":"決済"'] },
  { source: 'settings/rules/fields.tsx 1', screen: 'settings', state: 'settings-scheme', css: '.row-severity .field:nth-child(3) > .input', commits: ['Enter', 'settings.save', '"description":"決済"'] },
  { source: 'settings/rules/fields.tsx 1', screen: 'settings', state: 'settings-scheme', css: '.row-severity .field:nth-child(4) > .input', ...number, commits: ['Enter', 'settings.save', '"updateMinutes":12'] },
  { source: 'settings/rules/fields.tsx 1', screen: 'settings', state: 'settings-scheme', css: '.row-severity .field:nth-child(5) > .input', ...number, commits: ['Enter', 'settings.save', '"ticketDays":12'] },
  { source: 'settings/rules/fields.tsx 1', screen: 'settings', state: 'settings-scheme', css: '.row-severity .field:nth-child(6) > .input', ...number, commits: ['Enter', 'settings.save', '"reviewDays":12'] },
  // Put into the list above by a press of its own.
  { source: 'settings/rules/fields.tsx 1', ...settings, css: '[aria-labelledby=roles-title] .field > .input', commits: null },
  { source: 'settings/rules/fields.tsx 1', screen: 'settings', state: 'settings-erase', css: '.erase .field > .input', commits: ['Enter', 'erase.begin', '"typed":"決済"'] },
  { source: 'settings/Groups.tsx 1', ...settings, css: '#group-declare', commits: ['Enter', 'settings.save', '"declare":"決済"'] },
  { source: 'settings/Groups.tsx 1', ...settings, css: '#group-settings', commits: ['Enter', 'settings.save', '"settings":"決済"'] },
  { source: 'parts/SearchPicker.tsx 1', screen: 'settings', css: '.parent-page .person-picker input', state: 'settings-parent', commits: null },
  // What is written is no address of a page: nothing is asked, and the settings are not saved.
  { source: 'settings/rules/fields.tsx 1', screen: 'settings', css: '.pages .field > .input', state: 'settings-pages', commits: null },
  { source: 'settings/Slack.tsx 1', ...settings, css: '#slack-url', commits: ['Enter', 'settings.save', '"slackUrl":"決済"'] },
  { source: 'settings/Writes.tsx 1', ...settings, css: '#writes-group', commits: ['Enter', 'settings.save', '"group":"決済"'] },
];
