import type { RuleChoices } from '../contract';
import { presets } from '../domain/presets';
import { plainLine } from '../domain/text';
import type { AlertSource, Ports, SourceMonitor } from '../ports';
import type { Caller } from './caller';
import { withMackerel } from './link-alerts';
import { mayRead } from './pick-graphs';
import { configured, proveKeeper } from './prove';
import { visibleServices } from './rights';

const MONITORS = 500;
/** Check monitors are in no list: those are offered whose alerts Mackerel has at hand, each with a read of its own. */
const CHECKS = 30;

async function checksOf(source: AlertSource): Promise<readonly SourceMonitor[]> {
  const ids = (await source.alertsPage(null)).alerts.flatMap(({ type, monitorId }) => (type === 'check' && monitorId !== null ? [monitorId] : []));
  const found = await Promise.all([...new Set(ids)].slice(0, CHECKS).map((id) => source.checkMonitor(id)));
  return found.filter((monitor) => monitor !== null);
}

/** For those who look after the settings: monitors, services and roles of Mackerel, by name; those of services whose space the caller cannot view are left out. */
export async function ruleChoices(ports: Ports, caller: Caller): Promise<RuleChoices> {
  await proveKeeper(ports, caller);
  const settings = await configured(ports);
  const visible = await visibleServices(ports, settings);
  return await withMackerel(ports, async (source) => {
    const [monitors, checks, all] = await Promise.all([source.monitors(), checksOf(source), source.hosts(null)]);
    const hosts = all.filter((host) => mayRead(visible, host));
    const known = [...monitors.values(), ...checks].filter(({ service }) => service === null || visible.sees(service));
    const named = known.map(({ id, name, type }) => ({ id, name: plainLine(name, 200), type })).sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    const roles = hosts.flatMap((host) => host.roles).filter(({ service }) => visible.sees(service));
    const services = [...settings.services.map(({ name }) => name).filter((name) => visible.sees(name)), ...roles.map(({ service }) => service), ...known.flatMap(({ service }) => (service === null ? [] : [service]))];
    const fullRoles = [...new Set(roles.map(({ service, role }) => `${service}:${role}`))].sort();
    return { monitors: named.slice(0, MONITORS), services: [...new Set(services)].sort(), roles: fullRoles, presets: presets(fullRoles) };
  });
}
