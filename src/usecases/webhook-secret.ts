/** The webhook's address and the secrets it is opened with. */
import { AppFailure } from '../domain/failure';
import type { Settings, WebhookSecret } from '../domain/model';
import { acceptedSecrets } from '../domain/webhook';
import type { Ports } from '../ports';

/** The stored secret of that name; made on first asking. */
export async function webhookSecret(ports: Ports, name: WebhookSecret): Promise<string> {
  const known = await ports.settings.secret(name);
  if (known !== null) return known;
  await ports.settings.setSecret(name, ports.random.letters(40));
  const stored = await ports.settings.secret(name);
  if (stored === null) throw new AppFailure('internal');
  return stored;
}

/** The address with the present secret. */
export async function webhookUrl(ports: Ports, { webhook }: Settings): Promise<string> {
  return await ports.webhook.url(await webhookSecret(ports, webhook.secret));
}

export interface Accepted {
  readonly name: WebhookSecret;
  readonly secret: string;
  /** Epoch ms, exclusive; null: without end. */
  readonly until: number | null;
}
/** Secrets a delivery may carry; those that were never made are left out. */
export async function secretsOf(ports: Ports, settings: Settings): Promise<readonly Accepted[]> {
  const found = await Promise.all(acceptedSecrets(settings.webhook).map(async ({ name, until }) => ({ name, until, secret: await ports.settings.secret(name) })));
  return found.flatMap(({ name, until, secret }) => (secret === null ? [] : [{ name, until, secret }]));
}
