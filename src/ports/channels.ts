/** Webhook channels of Mackerel, and what products say of quota. */

export interface SourceChannel {
  readonly id: string;
  readonly name: string;
  /** webhook, email, slack … */
  readonly type: string;
  /** With its secret; null for types that have none. */
  readonly url: string | null;
  /** alert, alertGroup, hostStatus …; empty for types that do not tell. */
  readonly events: readonly string[];
  /** Deliveries tell where a picture of the alert's graph is. */
  readonly graphImage: boolean;
  /** Epoch ms since when Mackerel sends nothing to it; null: it does. */
  readonly suspendedAt: number | null;
}
export interface WebhookChannel {
  readonly name: string;
  readonly url: string;
  readonly events: readonly string[];
}
/** Writes need a key that may; a refusal is `forbidden`. */
export interface ChannelAdmin {
  channels(): Promise<readonly SourceChannel[]>;
  /** Asked once: when the answer gets lost there may be a channel all the same. It joins the default notification group. */
  createChannel(channel: WebhookChannel): Promise<SourceChannel>;
  /** null: there is none of this id. */
  updateChannel(id: string, channel: WebhookChannel): Promise<SourceChannel | null>;
  deleteChannel(id: string): Promise<'deleted' | null>;
}

/** REST points as the last answer of a product told them to this instance. */
export interface Quota {
  /** null: no product has said. `at`: epoch ms. */
  last(): { readonly remaining: number; readonly limit: number | null; readonly at: number } | null;
}
