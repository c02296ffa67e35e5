/** Notices of the app and of the site, bottom left. */
import Flag, { AutoDismissFlag, FlagGroup } from '@atlaskit/flag';
import ErrorIcon from '@atlaskit/icon/core/status-error';
import InformationIcon from '@atlaskit/icon/core/status-information';
import SuccessIcon from '@atlaskit/icon/core/status-success';
import WarningIcon from '@atlaskit/icon/core/status-warning';
import type { ReactElement } from 'react';
import { createStore, useStore } from '../store';

type Kind = 'info' | 'success' | 'warning' | 'error';
export interface FlagOptions {
  readonly id: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: Kind;
  readonly appearance?: Kind;
  readonly isAutoDismiss?: boolean;
  readonly actions?: readonly { readonly text: string; readonly onClick: () => unknown }[];
}
const flags = createStore<readonly FlagOptions[]>([]);

export function showFlag(flag: FlagOptions): true {
  flags.set((all) => [flag, ...all.filter((other) => other.id !== flag.id)]);
  return true;
}
export function closeFlag(id: string): true {
  flags.set((all) => all.filter((flag) => flag.id !== id));
  return true;
}

const icons: Record<Kind, ReactElement> = {
  info: <InformationIcon label="" color="var(--ds-icon-information)" />,
  success: <SuccessIcon label="" color="var(--ds-icon-success)" />,
  warning: <WarningIcon label="" color="var(--ds-icon-warning)" />,
  error: <ErrorIcon label="" color="var(--ds-icon-danger)" />,
};

export function Flags(): ReactElement {
  const all = useStore(flags);
  return (
    <FlagGroup onDismissed={(id: string | number) => closeFlag(String(id))}>
      {all.map((flag) => {
        const Shown = flag.isAutoDismiss ? AutoDismissFlag : Flag;
        return (
          <Shown
            key={flag.id}
            id={flag.id}
            icon={icons[flag.type ?? flag.appearance ?? 'info']}
            title={flag.title ?? ''}
            description={flag.description}
            actions={(flag.actions ?? []).map(({ text, onClick }) => ({ content: text, onClick: () => void onClick() }))}
          />
        );
      })}
    </FlagGroup>
  );
}
