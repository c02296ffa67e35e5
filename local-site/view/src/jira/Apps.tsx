/** The app's modules on an issue: contexts beside the fields, always there; panels once somebody has opened them. */
import { useMemo, useState, type ReactElement } from 'react';
import Badge from '@atlaskit/badge';
import Button, { IconButton } from '@atlaskit/button/new';
import DropdownMenu, { DropdownItem, DropdownItemGroup } from '@atlaskit/dropdown-menu';
import AppIcon from '@atlaskit/icon/core/app';
import ChevronDownIcon from '@atlaskit/icon/core/chevron-down';
import ChevronRightIcon from '@atlaskit/icon/core/chevron-right';
import MoreIcon from '@atlaskit/icon/core/show-more-horizontal';
import Lozenge from '@atlaskit/lozenge';
import type { IssueView, WebModule, WebStatus } from '../../../web/api-types';
import { Frame } from '../bridge/Frame';
import type { Place } from '../bridge/scope';
import { useSession } from '../session';
import { useWords } from '../words';

function useModules(type: 'jira:issuePanel' | 'jira:issueContext'): readonly WebModule[] {
  const { modules, user } = useSession();
  return useMemo(() => (user === null ? [] : modules.filter((module) => module.type === type)), [modules, user, type]);
}
function usePlace(issueKey: string, isNew: boolean | null): Place {
  return useMemo(
    () => ({ issueKey, extra: { location: window.location.origin + window.location.pathname, ...(isNew === null ? {} : { isNewToIssue: isNew }) } }),
    [issueKey, isNew],
  );
}

interface PanelsProps {
  readonly issue: IssueView;
  readonly onShow: (shown: boolean) => void;
}
/** One button for each of the app's panels, as long as they are hidden. */
export function AppRow({ issue, onShow }: PanelsProps): ReactElement | null {
  const say = useWords();
  const panels = useModules('jira:issuePanel');
  if (panels.length === 0 || issue.panelShown) return null;
  return (
    <div className="issue-apps" role="group" aria-label={say('appRow')}>
      {panels.map((panel) => (
        <Button key={panel.key} iconBefore={AppIcon} spacing="compact" onClick={() => onShow(true)}>
          {panel.title}
        </Button>
      ))}
    </div>
  );
}

/** `isNew`: this person has just opened them. */
export function Panels({ issue, isNew, onShow }: PanelsProps & { readonly isNew: boolean }): ReactElement {
  const panels = useModules('jira:issuePanel');
  return <>{issue.panelShown ? panels.map((panel) => <Panel key={panel.key} panel={panel} issueKey={issue.key} isNew={isNew} onHide={() => onShow(false)} />) : null}</>;
}

function Panel({ panel, issueKey, isNew, onHide }: { readonly panel: WebModule; readonly issueKey: string; readonly isNew: boolean; readonly onHide: () => void }): ReactElement {
  const say = useWords();
  const place = usePlace(issueKey, isNew);
  return (
    <section className="issue-section issue-panel" aria-label={panel.title}>
      <header>
        <h2>{panel.title}</h2>
        <DropdownMenu<HTMLButtonElement>
          shouldRenderToParent
          placement="bottom-end"
          trigger={({ triggerRef, ...props }) => <IconButton {...props} ref={triggerRef} icon={MoreIcon} label={`${panel.title}: ${say('moreActions')}`} appearance="subtle" spacing="compact" />}
        >
          <DropdownItemGroup>
            <DropdownItem onClick={onHide}>{say('hidePanel')}</DropdownItem>
          </DropdownItemGroup>
        </DropdownMenu>
      </header>
      <Frame module={panel} place={place} />
    </section>
  );
}

export function Contexts({ issue }: { readonly issue: IssueView }): ReactElement {
  const contexts = useModules('jira:issueContext');
  const place = usePlace(issue.key, null);
  return (
    <>
      {contexts.map((module) => (
        <Context key={module.key} module={module} place={place} status={issue.contextStatus[module.key] ?? module.status} />
      ))}
    </>
  );
}

/** Whether a person has closed a group; Jira remembers it too. */
const memory = (module: WebModule): string => `issue-context-closed ${module.key}`;

function Context({ module, place, status }: { readonly module: WebModule; readonly place: Place; readonly status: WebStatus | null }): ReactElement {
  const [open, setOpen] = useState(() => localStorage.getItem(memory(module)) === null);
  const toggle = (): void => {
    if (open) localStorage.setItem(memory(module), '1');
    else localStorage.removeItem(memory(module));
    setOpen(!open);
  };
  const name = module.label ?? module.title;
  const Chevron = open ? ChevronDownIcon : ChevronRightIcon;
  return (
    <section className="issue-group" aria-label={name}>
      <h2>
        <button type="button" className="issue-group-head" aria-expanded={open} onClick={toggle}>
          <Chevron label="" size="small" color="var(--ds-icon-subtle)" />
          <span>{name}</span>
          {status === null ? null : <Status status={status} />}
        </button>
      </h2>
      {open ? (
        <div className="issue-group-body">
          <Frame module={module} place={place} />
        </div>
      ) : null}
    </section>
  );
}

function Status({ status }: { readonly status: WebStatus }): ReactElement {
  if (status.type === 'lozenge') return <Lozenge appearance={status.appearance}>{status.label}</Lozenge>;
  const count = Number(status.label);
  return <Badge max={99}>{Number.isFinite(count) ? count : status.label}</Badge>;
}
