/** Everything that changes the incident from the board, and what else nobody waits for, in one piece of code that comes after the first paint. */
export { AlertMenu, AttachButton, Detached } from './alerts/AlertMenu';
export { CauseMenu } from './alerts/CauseMenu';
export { GraphFoot } from './graphs/GraphFoot';
export { SeverityMenu, StatusMenu } from './head/CourseMenus';
export { HeadMenu } from './head/HeadMenu';
export { LineEditor } from './head/LineEditor';
export { Nudge } from './head/Nudge';
export { PlacesEditor } from './head/PlacesEditor';
export { NewRole, RoleMenu } from './head/RoleMenu';
export { HostDetail } from './hosts/HostDetail';
export { Similar } from './similar/Similar';
