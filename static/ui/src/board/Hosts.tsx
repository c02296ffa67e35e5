import { memo } from 'react';
import type { HostView } from '../../../../src/contract';
import { OutLink } from '../parts/basics';
import { useWords } from '../words';

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
  const { host } = props;
  return (
    <li className="host">
      <OutLink href={host.url} label={t('host.link', { name: host.name })}>
        {host.name}
      </OutLink>
      <span className={`host-status host-${host.status}`}>{t(`host.status.${host.status}`)}</span>
      <span className="quiet host-roles">{host.roles.join(t('common.list-separator'))}</span>
    </li>
  );
});
