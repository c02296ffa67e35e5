/** Scopes each endpoint accepts, as the vendors' descriptions list them: every scope of one alternative is needed. */

const ANY: readonly (readonly string[])[] = [];
const readPage = [['read:page:confluence']];
const writePage = [['write:page:confluence']];
const bothPage = [['read:page:confluence', 'write:page:confluence']];
const readSpace = [['read:space:confluence']];
const userV1 = [['read:confluence-user'], ['read:content-details:confluence']];
const readTemplate = [['read:confluence-content.summary'], ['read:template:confluence', 'read:content-details:confluence']];
const writeTemplate = [['write:confluence-content'], ['read:template:confluence', 'read:content-details:confluence', 'write:template:confluence']];
const readAttachment = [['read:attachment:confluence']];
const writeAttachment = [['write:confluence-file'], ['read:content-details:confluence', 'write:attachment:confluence']];
const readGroup = [['read:confluence-groups'], ['read:group:confluence']];
const readRestriction = [['read:confluence-content.all'], ['read:content-details:confluence']];
const writeRestriction = [['write:confluence-content'], ['read:content-details:confluence', 'write:content.restriction:confluence']];
const writeOneRestriction = [['write:confluence-content'], ['write:content.restriction:confluence']];
const readProject = [
  'read:issue-type:jira', 'read:project:jira', 'read:project.property:jira', 'read:user:jira', 'read:application-role:jira', 'read:avatar:jira',
  'read:group:jira', 'read:issue-type-hierarchy:jira', 'read:project-category:jira', 'read:project-version:jira', 'read:project.component:jira',
];
const readCreateMeta = ['read:issue-meta:jira', 'read:avatar:jira', 'read:field-configuration:jira'];
const readIssue = [
  'read:issue-meta:jira', 'read:issue-security-level:jira', 'read:issue.vote:jira', 'read:issue.changelog:jira', 'read:avatar:jira', 'read:issue:jira', 'read:status:jira', 'read:user:jira', 'read:field-configuration:jira',
];

/** Key: `<METHOD> <path as the vendor writes it>`. An empty list: no scope is needed. */
export const SCOPES: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'GET /wiki/api/v2/pages': readPage,
  'POST /wiki/api/v2/pages': writePage,
  'GET /wiki/api/v2/pages/{id}': readPage,
  'PUT /wiki/api/v2/pages/{id}': writePage,
  'DELETE /wiki/api/v2/pages/{id}': [['delete:page:confluence']],
  'GET /wiki/api/v2/pages/{id}/versions': readPage,
  'GET /wiki/api/v2/pages/{id}/direct-children': [['read:hierarchical-content:confluence']],
  'GET /wiki/api/v2/pages/{id}/ancestors': [['read:content.metadata:confluence']],
  'GET /wiki/api/v2/pages/{id}/labels': readPage,
  'GET /wiki/api/v2/pages/{id}/operations': readPage,
  'GET /wiki/api/v2/pages/{page-id}/properties': readPage,
  'POST /wiki/api/v2/pages/{page-id}/properties': bothPage,
  'GET /wiki/api/v2/pages/{page-id}/properties/{property-id}': readPage,
  'PUT /wiki/api/v2/pages/{page-id}/properties/{property-id}': bothPage,
  'DELETE /wiki/api/v2/pages/{page-id}/properties/{property-id}': bothPage,
  'GET /wiki/api/v2/pages/{id}/attachments': readAttachment,
  'GET /wiki/api/v2/attachments/{id}': readAttachment,
  'GET /wiki/api/v2/spaces': readSpace,
  'GET /wiki/api/v2/spaces/{id}': readSpace,
  'GET /wiki/api/v2/spaces/{id}/operations': readSpace,
  'GET /wiki/api/v2/spaces/{id}/pages': readPage,
  'POST /wiki/api/v2/users-bulk': [['read:user:confluence']],
  'POST /wiki/rest/api/content/{id}/label': [['write:confluence-content'], ['read:label:confluence', 'write:label:confluence']],
  'DELETE /wiki/rest/api/content/{id}/label': [['write:confluence-content'], ['write:label:confluence']],
  'DELETE /wiki/rest/api/content/{id}/label/{label}': [['write:confluence-content'], ['write:label:confluence']],
  'GET /wiki/rest/api/content/{id}/restriction': readRestriction,
  'PUT /wiki/rest/api/content/{id}/restriction': writeRestriction,
  'DELETE /wiki/rest/api/content/{id}/restriction': writeRestriction,
  'GET /wiki/rest/api/content/{id}/restriction/byOperation': readRestriction,
  'PUT /wiki/rest/api/content/{id}/restriction/byOperation/{operationKey}/user': writeOneRestriction,
  'DELETE /wiki/rest/api/content/{id}/restriction/byOperation/{operationKey}/user': writeOneRestriction,
  'PUT /wiki/rest/api/content/{id}/restriction/byOperation/{operationKey}/byGroupId/{groupId}': writeOneRestriction,
  'DELETE /wiki/rest/api/content/{id}/restriction/byOperation/{operationKey}/byGroupId/{groupId}': writeOneRestriction,
  'POST /wiki/rest/api/content/{id}/child/attachment': writeAttachment,
  'PUT /wiki/rest/api/content/{id}/child/attachment': writeAttachment,
  'GET /wiki/rest/api/content/{id}/child/attachment/{attachmentId}/download': [['readonly:content.attachment:confluence'], ['read:attachment:confluence']],
  'POST /wiki/rest/api/content/{id}/permission/check': [['read:confluence-content.permission'], ['read:content.permission:confluence']],
  'GET /wiki/rest/api/user/current': userV1,
  'GET /wiki/rest/api/user': userV1,
  'GET /wiki/rest/api/user/memberof': [['read:confluence-user'], ['read:user:confluence', 'read:group:confluence']],
  'GET /wiki/rest/api/group': readGroup,
  'GET /wiki/rest/api/group/by-id': readGroup,
  'GET /wiki/rest/api/group/picker': readGroup,
  'POST /wiki/rest/api/content/{id}/copy': [['write:confluence-content'], ['read:content-details:confluence', 'write:page:confluence']],
  'PUT /wiki/rest/api/content/{pageId}/move/{position}/{targetId}': [['write:confluence-content'], ['write:page:confluence']],
  'POST /wiki/rest/api/template': writeTemplate,
  'PUT /wiki/rest/api/template': writeTemplate,
  'GET /wiki/rest/api/template/page': readTemplate,
  'GET /wiki/rest/api/template/{contentTemplateId}': readTemplate,
  'DELETE /wiki/rest/api/template/{contentTemplateId}': [['write:confluence-content'], ['write:template:confluence']],
  'GET /wiki/rest/api/search/user': [['read:content-details:confluence']],
  'GET /wiki/rest/api/search': [['search:confluence'], ['read:content-details:confluence']],
  'GET /rest/api/3/project/{projectIdOrKey}': [['read:jira-work'], readProject],
  'GET /rest/api/3/project/search': [['read:jira-work'], readProject],
  'GET /rest/api/3/issue/createmeta/{projectIdOrKey}/issuetypes': [['read:jira-work'], readCreateMeta],
  'GET /rest/api/3/issue/createmeta/{projectIdOrKey}/issuetypes/{issueTypeId}': [['read:jira-work'], readCreateMeta],
  'GET /rest/api/3/priority/search': ANY,
  'POST /rest/api/3/issue': [['write:jira-work'], ['write:issue:jira', 'write:comment:jira', 'write:comment.property:jira', 'write:attachment:jira', 'read:issue:jira']],
  'POST /rest/api/3/issue/bulkfetch': [['read:jira-work'], readIssue],
  'GET /rest/api/3/issue/{issueIdOrKey}': [['read:jira-work'], readIssue],
  'PUT /rest/api/3/issue/{issueIdOrKey}': [['write:jira-work'], ['write:issue:jira']],
  'DELETE /rest/api/3/issue/{issueIdOrKey}': [['write:jira-work'], ['delete:issue:jira']],
  'GET /rest/api/3/issue/{issueIdOrKey}/transitions': [['read:jira-work'], ['read:issue.transition:jira', 'read:status:jira', 'read:field-configuration:jira']],
  'POST /rest/api/3/issue/{issueIdOrKey}/transitions': [['write:jira-work'], ['write:issue:jira', 'write:issue.property:jira']],
  'GET /rest/api/3/issue/{issueIdOrKey}/properties': [['read:jira-work'], ['read:issue.property:jira']],
  'GET /rest/api/3/issue/{issueIdOrKey}/properties/{propertyKey}': [['read:jira-work'], ['read:issue.property:jira']],
  'PUT /rest/api/3/issue/{issueIdOrKey}/properties/{propertyKey}': [['write:jira-work'], ['write:issue.property:jira']],
  'DELETE /rest/api/3/issue/{issueIdOrKey}/properties/{propertyKey}': [['write:jira-work'], ['delete:issue.property:jira']],
  'GET /rest/api/3/issue/{issueIdOrKey}/remotelink': [['read:jira-work'], ['read:issue.remote-link:jira', 'read:status:jira']],
  'POST /rest/api/3/issue/{issueIdOrKey}/remotelink': [['write:jira-work'], ['write:issue:jira', 'write:issue.remote-link:jira', 'read:issue.remote-link:jira']],
  'DELETE /rest/api/3/issue/{issueIdOrKey}/remotelink': [['write:jira-work'], ['delete:issue.remote-link:jira', 'write:issue:jira']],
  'GET /rest/api/3/search/jql': [['read:jira-work'], ['read:issue-details:jira', 'read:audit-log:jira', 'read:avatar:jira', 'read:field-configuration:jira', 'read:issue-meta:jira']],
  'POST /rest/api/3/search/jql': [['read:jira-work'], ['read:issue-details:jira', 'read:field.default-value:jira', 'read:field.option:jira', 'read:field:jira', 'read:group:jira']],
  'GET /rest/api/3/mypermissions': [['read:jira-work'], ['read:permission:jira']],
  'GET /rest/api/3/user/assignable/search': [['read:jira-user'], ['read:issue:jira', 'read:project:jira', 'read:user:jira', 'read:application-role:jira', 'read:avatar:jira', 'read:group:jira']],
  'GET /rest/api/3/myself': [['read:jira-user'], ['read:application-role:jira', 'read:group:jira', 'read:user:jira', 'read:avatar:jira']],
  'GET /rest/api/3/serverInfo': ANY,
};

/** null: allowed; else the scopes that would do, for a person to read. */
export function missingScope(endpoint: string, granted: readonly string[]): string | null {
  const accepted = SCOPES[endpoint] ?? ANY;
  if (accepted.length === 0 || accepted.some((all) => all.every((scope) => granted.includes(scope)))) return null;
  return accepted.map((all) => all.join(' + ')).join(' or ');
}
