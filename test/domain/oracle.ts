/** What every accepted change means, told once more in plain maps. Shares no code with the product, and knows nothing of versions or rows. */

export type Op =
  | { readonly kind: 'respond' }
  | { readonly kind: 'severity'; readonly to: string }
  | { readonly kind: 'status'; readonly to: string }
  | { readonly kind: 'role'; readonly id: string; readonly person: string | null }
  | { readonly kind: 'line'; readonly line: 'situation' | 'impact'; readonly text: string }
  | { readonly kind: 'places'; readonly call: string | null; readonly chat: string | null }
  | { readonly kind: 'cause'; readonly cause: 'none' | 'change' | { readonly deploy: string } }
  | { readonly kind: 'add-graph'; readonly metric: string }
  | { readonly kind: 'remove-graph'; readonly metric: string }
  | { readonly kind: 'add-notes'; readonly notes: readonly { readonly text: string; readonly at: number | null; readonly link: string | null }[] }
  | { readonly kind: 'edit-note'; readonly note: string; readonly text: string; readonly at: number | null; readonly link: string | null }
  | { readonly kind: 'remove-note'; readonly note: string; readonly removed: boolean }
  | { readonly kind: 'pin'; readonly entry: string; readonly on: boolean }
  | { readonly kind: 'attach'; readonly alert: string; readonly stage: number }
  | { readonly kind: 'detach'; readonly alert: string }
  | { readonly kind: 'set-host'; readonly host: string; readonly status: string };
export interface Press {
  readonly opId: string;
  readonly by: string;
  readonly op: Op;
}
/** What the app sees by itself. */
export type Input =
  | { readonly kind: 'sight'; readonly seen: readonly { readonly alert: string; readonly stage: number }[] }
  | { readonly kind: 'look'; readonly hosts: readonly { readonly host: string; readonly status: string }[]; readonly readAt: number }
  | { readonly kind: 'deploys'; readonly ids: readonly string[] };

/** An alert's whole life; a reading at stage n tells of the lines up to the n-th. */
export const LIFE = [
  { log: 'l0', status: 'WARNING', after: 0, value: 600, message: 'slow' },
  { log: 'l1', status: 'CRITICAL', after: 60_000, value: 1200, message: 'very slow' },
  { log: 'l2', status: 'WARNING', after: 120_000, value: 700, message: 'slow again' },
  { log: 'l3', status: 'OK', after: 180_000, value: 90, message: 'fine' },
] as const;
export const ALERTS: Readonly<Record<string, number>> = { a1: 1_000_000, a2: 400_000, a3: 1_700_000 };
const MOST_GRAPHS = 12;

interface Note {
  text: string;
  at: number;
  link: string | null;
  removed: boolean;
}
interface Alert {
  stage: number;
  linked: boolean;
}

/** Everything a reader could tell apart; plain JSON. */
export interface Facts {
  readonly head: Readonly<Record<string, unknown>>;
  readonly notes: Readonly<Record<string, Note>>;
  readonly pinned: readonly string[];
  readonly alerts: Readonly<Record<string, unknown>>;
  readonly hosts: Readonly<Record<string, string>>;
  readonly deploys: readonly string[];
  /** Entries of the app's own words. */
  readonly said: number;
}

export class Oracle {
  private readonly done = new Set<string>();
  private last: number;
  private said = 1;
  private status = 'investigating';
  private first: { by: string; at: number } | null = null;
  private readonly phases: Record<'identified' | 'mitigated' | 'resolved' | 'closed', number | null> = { identified: null, mitigated: null, resolved: null, closed: null };
  private readonly roles = new Map<string, string>();
  private readonly lines: Record<'situation' | 'impact', { text: string; by: string; at: number } | null> = { situation: null, impact: null };
  private places: { call: string | null; chat: string | null; by: string } | null = null;
  private cause: { deploy: string | null; by: string } | null = null;
  private readonly graphs: string[] = [];
  private readonly notes = new Map<string, Note>();
  private readonly pins = new Set<string>();
  private readonly alerts = new Map<string, Alert>();
  private readonly hosts = new Map<string, { status: string; changed: number }>();
  private readonly deploys = new Set<string>();
  private updated: number;

  constructor(
    private readonly declaredAt: number,
    private severity = 'sev2',
  ) {
    this.last = declaredAt;
    this.updated = declaredAt;
  }

  /** An operation id counts once, whatever came in between. */
  press({ opId, by, op }: Press, now: number): void {
    if (this.done.has(opId)) return;
    this.done.add(opId);
    this.last = Math.max(this.last, now);
    this.apply(op, opId, by, this.last);
  }

  private apply(op: Op, opId: string, by: string, at: number): void {
    switch (op.kind) {
      case 'respond':
        if (this.first === null) {
          this.first = { by, at };
          this.said += 1;
        }
        return;
      case 'severity':
        if (op.to === this.severity) return;
        this.severity = op.to;
        this.updated = at;
        this.said += 1;
        return;
      case 'status':
        return this.move(op.to, at);
      case 'role': {
        if ((this.roles.get(op.id) ?? null) === op.person) return;
        if (op.person === null) this.roles.delete(op.id);
        else this.roles.set(op.id, op.person);
        this.said += 1;
        return;
      }
      case 'line':
        if ((this.lines[op.line]?.text ?? '') === op.text) return;
        this.lines[op.line] = op.text === '' ? null : { text: op.text, by, at };
        this.updated = at;
        this.said += 1;
        return;
      case 'places':
        if ((this.places?.call ?? null) === op.call && (this.places?.chat ?? null) === op.chat) return;
        this.places = { call: op.call, chat: op.chat, by };
        this.said += 1;
        return;
      case 'cause': {
        const deploy = typeof op.cause === 'string' ? null : op.cause.deploy;
        if (op.cause === 'none' ? this.cause === null : this.cause !== null && this.cause.deploy === deploy) return;
        this.cause = op.cause === 'none' ? null : { deploy, by };
        this.said += 1;
        return;
      }
      case 'add-graph':
        if (this.graphs.includes(op.metric) || this.graphs.length === MOST_GRAPHS) return;
        this.graphs.push(op.metric);
        this.said += 1;
        return;
      case 'remove-graph': {
        const at = this.graphs.indexOf(op.metric);
        if (at < 0) return;
        this.graphs.splice(at, 1);
        this.said += 1;
        return;
      }
      case 'add-notes':
        op.notes.forEach(({ text, at: when, link }, n) => this.notes.set(`${opId}#${n}`, { text, at: when ?? at, link, removed: false }));
        return;
      case 'edit-note': {
        const note = this.notes.get(op.note);
        if (note !== undefined && !note.removed) Object.assign(note, { text: op.text, at: op.at ?? note.at, link: op.link });
        return;
      }
      case 'remove-note': {
        const note = this.notes.get(op.note);
        if (note !== undefined) note.removed = op.removed;
        return;
      }
      case 'pin':
        if (op.on) this.pins.add(op.entry);
        else this.pins.delete(op.entry);
        return;
      case 'attach': {
        const known = this.alerts.get(op.alert);
        if (known?.linked === true) return;
        this.alerts.set(op.alert, { stage: Math.max(known?.stage ?? 0, op.stage), linked: true });
        this.said += 1;
        return;
      }
      case 'detach': {
        const known = this.alerts.get(op.alert);
        if (known?.linked !== true) return;
        known.linked = false;
        this.said += 1;
        return;
      }
      case 'set-host': {
        const known = this.hosts.get(op.host);
        if (known === undefined || known.status === op.status) return;
        this.hosts.set(op.host, { status: op.status, changed: at });
        this.said += 1;
      }
    }
  }

  /** A phase's time is when it was first reached; going back before it forgets it; cancelling leaves them as they are. */
  private move(to: string, at: number): void {
    if (to === this.status) return;
    const line = ['investigating', 'identified', 'mitigated', 'resolved', 'closed'];
    const ended = to === 'closed' || to === 'cancelled';
    if (to !== 'cancelled') {
      for (const phase of ['identified', 'mitigated', 'resolved'] as const) {
        if (to === phase) this.phases[phase] ??= at;
        if (line.indexOf(phase) > line.indexOf(to)) this.phases[phase] = null;
      }
    }
    this.phases.closed = ended ? (this.phases.closed ?? at) : null;
    this.status = to;
    this.updated = at;
    this.said += 1;
  }

  /** Later readings know everything earlier ones do; the same or an earlier one is no news. */
  input(input: Input, now: number): void {
    const at = Math.max(this.last, now);
    let news = false;
    switch (input.kind) {
      case 'sight':
        for (const { alert, stage } of input.seen) {
          const known = this.alerts.get(alert);
          if (known !== undefined && known.stage >= stage) continue;
          this.alerts.set(alert, { stage, linked: known?.linked ?? true });
          news = true;
        }
        break;
      case 'look':
        for (const { host, status } of input.hosts) {
          const known = this.hosts.get(host);
          if (known !== undefined && (known.status === status || known.changed > input.readAt)) continue;
          this.hosts.set(host, { status, changed: at });
          if (known !== undefined) this.said += 1;
          news = true;
        }
        break;
      case 'deploys':
        for (const id of input.ids) {
          if (this.deploys.has(id)) continue;
          this.deploys.add(id);
          this.said += 1;
          news = true;
        }
    }
    if (news) this.last = at;
  }

  facts(): Facts {
    const linked = [...this.alerts].filter(([, alert]) => alert.linked);
    const told = [...this.alerts].map(([id, { stage, linked: on }]): [string, unknown] => {
      const { status, after, value, message } = LIFE[stage] ?? LIFE[0];
      const opened = ALERTS[id] ?? 0;
      return [id, { linked: on, status, value, message, openedAt: opened, closedAt: stage === 3 ? opened + after : null, logs: LIFE.slice(0, stage + 1).map(({ log }) => log) }];
    });
    return structuredClone({
      head: {
        severity: this.severity, status: this.status, state: this.status === 'closed' || this.status === 'cancelled' ? 'ended' : 'open', first: this.first, ...this.phases,
        roles: Object.fromEntries(this.roles), situation: this.lines.situation, impact: this.lines.impact, places: this.places, cause: this.cause, graphs: this.graphs, updated: this.updated,
        open: linked.filter(([, { stage }]) => stage < 3).length, linked: linked.length, detected: Math.min(this.declaredAt, ...linked.map(([id]) => ALERTS[id] ?? 0)),
      },
      notes: Object.fromEntries(this.notes), pinned: [...this.pins].sort(), alerts: Object.fromEntries(told), hosts: Object.fromEntries([...this.hosts].map(([id, { status }]) => [id, status])),
      deploys: [...this.deploys].sort(), said: this.said,
    });
  }
}
