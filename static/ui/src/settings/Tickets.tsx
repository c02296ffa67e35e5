import type { SettingsView } from '../../../../src/contract';
import { ProjectChoice, type Where } from '../parts/ProjectChoice';
import { useWords } from '../words';
import { whereStored, type Draft } from './draft';

/** Where improvement tickets go by themselves. */
export function Tickets(props: { readonly stored: SettingsView['tickets']; readonly tickets: Draft['tickets']; readonly problem: string | null; readonly edit: (tickets: Where) => void }) {
  const { t } = useWords();
  const { stored, tickets, problem } = props;
  return (
    <section className="card settings-card" aria-labelledby="tickets-title">
      <h2 id="tickets-title">{t('settings.tickets.title')}</h2>
      <p className="quiet">{t('settings.tickets.intro')}</p>
      <p className="quiet small">{t('settings.applies.tickets')}</p>
      <ProjectChoice where={tickets ?? whereStored(stored)} change={props.edit} problem={{ project: problem, type: null }} none={t('settings.tickets.none')} />
      <p className="quiet small">{t('settings.tickets.access')}</p>
      <p className="quiet small">{t('settings.tickets.panel')}</p>
    </section>
  );
}
