import type { WebhookChannelView } from '../../../../src/contract';
import type { Words } from '../words';

/** Our channel in Mackerel, in words. `now`: of the server. */
export function channelWords({ t, minute }: Words, { state, name, suspendedAt }: WebhookChannelView, now: number): string {
  const said = t(`health.channel.${state}`, { time: suspendedAt === null ? '' : minute(suspendedAt, now) });
  return name === null ? said : t('health.channel.named', { name, state: said });
}
/** Set-up in one press would make it right. */
export const canBeSetUp = ({ state }: WebhookChannelView): boolean => state !== 'ok' && state !== 'suspended';
