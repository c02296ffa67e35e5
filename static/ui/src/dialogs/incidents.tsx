/** Open incidents the viewer may edit, as the dialogs that choose among them show them. */
import { useEffect, useMemo, useState } from 'react';
import type { IncidentHeadView } from '../../../../src/contract';
import { call } from '../api';
import { Button, SeverityMark, StatusMark, Time } from '../parts/basics';
import { LockIcon } from '../parts/icons';
import { useWords } from '../words';

export type Editable = { readonly at: 'loading' } | { readonly at: 'failed'; readonly error: unknown } | { readonly at: 'shown'; readonly incidents: readonly IncidentHeadView[]; readonly now: number };

export function useEditable(): { readonly state: Editable; readonly again: () => void } {
  const [state, setState] = useState<Editable>({ at: 'loading' });
  const [round, setRound] = useState(0);
  useEffect(() => {
    let current = true;
    void call('incidents.editable', {}).then(
      ({ incidents }) => current && setState({ at: 'shown', incidents, now: Date.now() }),
      (error: unknown) => current && setState({ at: 'failed', error }),
    );
    return () => {
      current = false;
    };
  }, [round]);
  return { state, again: () => setRound((n) => n + 1) };
}

/** What stands in place of the list while there is none. */
export function NoList(props: { readonly state: Editable; readonly again: () => void }) {
  const words = useWords();
  if (props.state.at === 'loading') return <p role="status">{words.t('common.loading')}</p>;
  if (props.state.at === 'failed') {
    return (
      <p role="alert">
        {words.reason(props.state.error)} <Button onClick={props.again}>{words.t('common.retry')}</Button>
      </p>
    );
  }
  return null;
}

const plain = (text: string): string => text.normalize('NFKC').toLowerCase();
/** Every word typed has to be found in number, title or service. */
export function useSought(incidents: readonly IncidentHeadView[]): { readonly sought: string; readonly seek: (text: string) => void; readonly found: readonly IncidentHeadView[] } {
  const [sought, seek] = useState('');
  const found = useMemo(() => {
    const words = plain(sought).split(/\s+/).filter(Boolean);
    return incidents.filter(({ key, title, service }) => words.every((word) => plain(`${key} ${title} ${service ?? ''}`).includes(word)));
  }, [incidents, sought]);
  return { sought, seek, found };
}
/** More than these are searched rather than looked through. */
export const FEW = 6;

export function IncidentName(props: { readonly incident: IncidentHeadView; readonly now: number }) {
  const { t } = useWords();
  const { incident, now } = props;
  return (
    <span className="row-main">
      <strong>
        <span className="tabular">{incident.key}</span> {incident.title}
      </strong>
      <span className="marks">
        <SeverityMark severity={incident.severity} over={incident.resolvedAt !== null} />
        <StatusMark status={incident.status} />
        {incident.visibility === 'private' && (
          <span className="with-icon quiet small">
            <LockIcon />
            {t('board.private')}
          </span>
        )}
        <span className="quiet small">
          {[incident.service, t('home.open-alerts', { n: incident.openAlerts })].filter((part) => part !== null).join(' · ')} · <Time at={incident.declaredAt} now={now} />
        </span>
      </span>
    </span>
  );
}
