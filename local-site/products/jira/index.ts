/** Every route of the Jira stand-in. */
import type { IndexedIssueProperty } from '../../types';
import type { Route } from '../http';
import type { IssueIndex } from './issue-index';
import { issueRoutes } from './issue-routes';
import { jiraPeopleRoutes } from './people-routes';
import { projectRoutes } from './project-routes';
import { jiraSearchRoutes } from './search-routes';

export const jiraRoutes = (index: IssueIndex, properties: readonly IndexedIssueProperty[]): readonly Route[] => [...projectRoutes, ...issueRoutes, ...jiraPeopleRoutes, ...jiraSearchRoutes(index, properties)];
