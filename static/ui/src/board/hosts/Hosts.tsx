import { memo, useState } from 'react';
import type { HostView } from '../../../../../src/contract';
import { OutLink } from '../../parts/basics';
import { CaretIcon } from '../../parts/icons';
import { useWords } from '../../words';
import { useEnv } from '../env';
import { useActions } from '../use-actions';

export const Hosts = memo(function Hosts(props: { readonly hosts: readonly HostView[] }) {
  const { t } = useWords();
  return (
    <section className="card hosts" aria-labelledby="hosts-title">
      <div className="card-title">
        <h2 id="hosts-title">{t('host.title')}</h2>
      </div>
      {props.hosts.length === 0 ? (
        <p className="empty">{t('host.none')}</p>
      ) : (
        <ul className="host-list live-values">
          {props.hosts.map((host) => (
            <Host key={host.id} host={host} />
          ))}
        </ul>
      )}
    </section>
  );
});

const Host = memo(function Host(props: { readonly host: HostView }) {
  const { t } = useWords();
  const { past } = useEnv();
  const actions = useActions();
  const [open, setOpen] = useState(false);
  const { host } = props;
  // A host is looked at closely as it is now; the past only knows its status.
  const closer = past === null && actions !== null;
  return (
    <li className="host">
      <div className="host-line">
        <button type="button" className="host-name" aria-expanded={open && closer} disabled={!closer} onClick={() => setOpen(!open)}>
          <CaretIcon />
          {host.name}
        </button>
        <span className={`host-status host-${host.status}`}>{t(`host.status.${host.status}`)}</span>
        <span className="quiet host-roles">{host.roles.join(t('common.list-separator'))}</span>
        <OutLink href={host.url} label={t('host.link', { name: host.name })}>
          Mackerel
        </OutLink>
      </div>
      {open && closer && <actions.HostDetail host={host} />}
    </li>
  );
});
