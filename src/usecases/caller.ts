/** Who is calling, as the platform says (never as the payload says). */
export interface Caller {
  readonly accountId: string;
  /** The installation: in-memory caches and passes are bound to it. */
  readonly installation: string;
  /** The app's license is not active: what is stored is shown, Mackerel is not followed, nothing is changed. */
  readonly isPaused: boolean;
}
