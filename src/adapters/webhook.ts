import { webTrigger } from '@forge/api';
import type { WebhookAddress } from '../ports';

/** Mackerel can send neither headers nor signatures; Basic credentials in the URL are what it documents. */
export function createWebhookAddress(): WebhookAddress {
  return {
    async url(secret) {
      const url = new URL(await webTrigger.getUrl('mackerel-webhook'));
      url.username = 'mackerel';
      url.password = secret;
      return url.toString();
    },
  };
}
