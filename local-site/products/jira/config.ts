/** How this Jira is set up: what an administrator would have configured. Ids are text, as REST shows them. */
import { ADMIN, APP_ACCOUNT } from '../users';

export interface Named {
  readonly id: string;
  readonly name: string;
}
export const TYPES = [
  { id: '10001', name: 'Task', description: 'A small, distinct piece of work.' },
  { id: '10002', name: 'Bug', description: 'A problem or error.' },
  { id: '10003', name: 'Story', description: 'Functionality as a person wants it.' },
] as const;

export const CATEGORIES = {
  new: { id: 2, key: 'new', colorName: 'blue-gray', name: 'To Do' },
  indeterminate: { id: 4, key: 'indeterminate', colorName: 'yellow', name: 'In Progress' },
  done: { id: 3, key: 'done', colorName: 'green', name: 'Done' },
} as const;
export type Category = keyof typeof CATEGORIES;
export const STATUSES: readonly (Named & { readonly category: Category })[] = [
  { id: '10000', name: 'To Do', category: 'new' },
  { id: '3', name: 'In Progress', category: 'indeterminate' },
  { id: '10002', name: 'Done', category: 'done' },
];
export const RESOLUTIONS: readonly Named[] = [
  { id: '10000', name: 'Done' },
  { id: '10001', name: "Won't Do" },
];
/** Every transition leads there from every status. */
export const TRANSITIONS: readonly (Named & { readonly to: string; readonly resolution: string | null })[] = [
  { id: '11', name: 'To Do', to: '10000', resolution: null },
  { id: '21', name: 'In Progress', to: '3', resolution: null },
  { id: '31', name: 'Done', to: '10002', resolution: '10000' },
  { id: '41', name: "Won't do", to: '10002', resolution: '10001' },
];
export const FIRST_STATUS = '10000';
export const PRIORITIES: readonly (Named & { readonly color: string })[] = [
  { id: '1', name: 'Highest', color: '#d04437' },
  { id: '2', name: 'High', color: '#f15c75' },
  { id: '3', name: 'Medium', color: '#f79232' },
  { id: '4', name: 'Low', color: '#707070' },
  { id: '5', name: 'Lowest', color: '#999999' },
];
export const DEFAULT_PRIORITY = '3';

export interface SecurityLevel extends Named {
  readonly members: readonly string[];
}
export interface CustomField extends Named {
  readonly kind: 'select' | 'textfield';
  readonly required: boolean;
  readonly options: readonly { readonly id: string; readonly value: string }[];
}
const IMPACT: CustomField = {
  id: 'customfield_10050', name: 'Customer impact', kind: 'select', required: true,
  options: [{ id: '10200', value: 'None' }, { id: '10201', value: 'Some customers' }, { id: '10202', value: 'All customers' }],
};
const SERVICE: CustomField = { id: 'customfield_10051', name: 'Affected service', kind: 'textfield', required: false, options: [] };
const RESPONDERS_ONLY: SecurityLevel = { id: '10100', name: 'Responders only', members: [ADMIN, 'acc-alice', 'acc-bob', APP_ACCOUNT] };

/** Key → the vendor's number of it. */
export const PERMISSIONS = {
  BROWSE_PROJECTS: '10', CREATE_ISSUES: '11', EDIT_ISSUES: '12', ASSIGN_ISSUES: '13', DELETE_ISSUES: '16', ASSIGNABLE_USER: '17', LINK_ISSUES: '21',
  ADMINISTER_PROJECTS: '23', MOVE_ISSUES: '25', SET_ISSUE_SECURITY: '26', SCHEDULE_ISSUES: '28', MODIFY_REPORTER: '30', TRANSITION_ISSUES: '46',
} as const;
export type Permission = keyof typeof PERMISSIONS;
const APP: readonly Permission[] = ['BROWSE_PROJECTS', 'CREATE_ISSUES', 'EDIT_ISSUES', 'LINK_ISSUES', 'SCHEDULE_ISSUES', 'SET_ISSUE_SECURITY'];
const MEMBER: readonly Permission[] = [...APP, 'ASSIGN_ISSUES', 'ASSIGNABLE_USER', 'DELETE_ISSUES', 'MOVE_ISSUES', 'TRANSITION_ISSUES'];
export const ROLES = { admin: [...MEMBER, 'ADMINISTER_PROJECTS', 'MODIFY_REPORTER'], member: MEMBER, app: APP, viewer: ['BROWSE_PROJECTS'] } as const satisfies Record<string, readonly Permission[]>;
export type Role = keyof typeof ROLES;

export interface ProjectSetup {
  readonly id: number;
  readonly key: string;
  readonly name: string;
  readonly types: readonly string[];
  readonly custom: readonly CustomField[];
  readonly levels: readonly SecurityLevel[];
  /** By account; who is not named has no access. */
  readonly roles: Readonly<Record<string, Role>>;
}
const TEAM = { [ADMIN]: 'admin', 'acc-alice': 'member', 'acc-bob': 'member', 'acc-mallory': 'member', 'acc-viewer': 'viewer', [APP_ACCOUNT]: 'app' } as const;
export const PROJECTS: readonly ProjectSetup[] = [
  { id: 10000, key: 'OPS', name: 'Operations', types: ['10001', '10002', '10003'], custom: [SERVICE], levels: [RESPONDERS_ONLY], roles: TEAM },
  { id: 10001, key: 'SEC', name: 'Security', types: ['10001'], custom: [], levels: [], roles: { [ADMIN]: 'admin', 'acc-bob': 'member' } },
  { id: 10002, key: 'MOB', name: 'Mobile', types: ['10001', '10002', '10003'], custom: [IMPACT], levels: [], roles: TEAM },
];

export const nameOf = (list: readonly Named[], id: string | null): string | null => list.find((each) => each.id === id)?.name ?? null;
export const statusOf = (id: string): (typeof STATUSES)[number] => {
  const found = STATUSES.find((status) => status.id === id);
  if (!found) throw new Error(`no status ${id}`);
  return found;
};
export const setupOf = (projectId: number): ProjectSetup => {
  const found = PROJECTS.find((project) => project.id === projectId);
  if (!found) throw new Error(`no project ${projectId}`);
  return found;
};
export const typesOf = (projectId: number): readonly (typeof TYPES)[number][] => TYPES.filter((type) => setupOf(projectId).types.includes(type.id));
