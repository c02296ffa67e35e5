/** Where each alert belongs: to the incident that has it, to one it joins, to one that is declared for it, or before a person. */
import { joinAlert, sameAlert, type AlertSighting } from '../domain/alert';
import { alertOf, isLinked } from '../domain/alert-record';
import { isLeft, isUnjudged } from '../domain/candidate';
import type { AppFailure } from '../domain/failure';
import { joins } from '../domain/grouping';
import type { Candidate, Incident, IncidentHead, Settings, Why } from '../domain/model';
import { continues, isLong, timesWithin } from '../domain/recurrence';
import { WHY } from '../domain/why';
import { declareHome, judge, type CandidateVerdict, type DeclareVerdict, type Verdict } from '../domain/rules';
import type { Ports } from '../ports';
import { candidateId, changeCandidate, keepQuiet, leaveAlone, letGo, settleCandidate, settleLinked } from './candidates';
import { alertClaim, claimAlert, holderOf, traceClaim, type AlertClaim, type Holder, type IntentClaim } from './claims';
import { quietOf, type DowntimesRead } from './downtimes';
import { goOn, isOver } from './go-on';
import { homelessWhy, isRefused, refusalIn, refusedWhy } from './refusals';
import { lastEndedOf, openIncidentOf } from './service-claim';
import { noteSubject } from './subjects';

/** The newest open incidents whose alerts are compared with one that has no incident of its service to join. */
const COMPARED = 20;
/** Each costs some calls of storage. */
const SETTLED_AT_ONCE = 100;

export interface ToDeclare {
  readonly alerts: readonly AlertSighting[];
  readonly verdict: DeclareVerdict;
}
export interface Joining {
  readonly alert: AlertSighting;
  /** null: it was linked before. */
  readonly why: Why | null;
}
interface Open {
  readonly incidentId: string;
  readonly why: Why;
}

function once<T>(known: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
  const answer = known.get(key) ?? ask();
  known.set(key, answer);
  return answer;
}

/** One run's sorting. `heads`: of the open incidents; `downtimes`: asked for only when an alert is new. */
export class Sorter {
  readonly forIncident = new Map<string, Joining[]>();
  /** By service. */
  readonly toDeclare = new Map<string, ToDeclare>();
  private readonly toOffer: { readonly alert: AlertSighting; readonly why: Why; readonly held: boolean }[] = [];
  /** Alerts whose downtime is over and about which the rules ask nobody. */
  private readonly left: string[] = [];
  private readonly loads = new Map<string, Promise<Incident | null>>();
  private readonly services = new Map<string, Promise<IntentClaim | null>>();
  /** The incident of a service that ended last. */
  private readonly ended = new Map<string, Promise<string | null>>();
  private readonly over = new Map<string, Promise<boolean>>();
  /** By space. */
  private readonly refusals = new Map<string, Promise<string | null>>();

  constructor(
    private readonly ports: Ports,
    private readonly settings: Settings,
    private readonly heads: readonly IncidentHead[],
    private readonly downtimes: () => Promise<DowntimesRead>,
  ) {}

  incident(id: string): Promise<Incident | null> {
    return once(this.loads, id, () => this.ports.incidents.load(id));
  }

  private join(incidentId: string, alert: AlertSighting, why: Why | null): void {
    this.forIncident.set(incidentId, [...(this.forIncident.get(incidentId) ?? []), { alert, why }]);
  }

  /** Links the alert to an incident unless it already belongs to another; there it is then. */
  async attach(incidentId: string, alert: AlertSighting, why: Why | null): Promise<void> {
    const claim = await claimAlert(this.ports, this.settings.conn, incidentId, alert.id);
    this.join(claim.mine ? incidentId : claim.holder.incidentId, alert, why);
    await settleCandidate(this.ports, this.settings.conn, alert.id);
  }

  /** Who has the alert by now, through moves and merges. */
  private holder(alertId: string, claim: AlertClaim | null): Promise<Holder | null> {
    return holderOf(this.ports, alertId, claim, (id) => this.incident(id));
  }

  /** True when a person took the alert off the incident its claim leads to; what they could not finish is finished here. */
  private async takenOff(alertId: string, claim: AlertClaim): Promise<boolean> {
    const traced = await traceClaim(alertId, claim, (id) => this.incident(id));
    return traced?.off === true && (await letGo(this.ports, traced.incidentId, alertId));
  }

  /** Private incidents take no claim: they are asked one by one. */
  private async tellPrivate(alert: AlertSighting): Promise<void> {
    for (const head of this.heads) {
      if (head.visibility !== 'private') continue;
      const incident = await this.incident(head.id);
      const row = incident === null ? null : alertOf(incident, alert.id);
      if (row !== null && isLinked(row)) this.join(head.id, alert, null);
    }
  }

  private serviceIncident(service: string): Promise<IntentClaim | null> {
    return once(this.services, service, () => openIncidentOf(this.ports, this.settings.conn, service));
  }

  /** The open incident the alert joins by itself: its service's, or one with the same monitor or role a short while ago. */
  private async openFor(alert: AlertSighting): Promise<Open | null> {
    const claim = alert.service === null ? null : await this.serviceIncident(alert.service);
    if (claim !== null) return { incidentId: claim.incidentId, why: WHY.service(alert.service ?? '') };
    if (this.settings.grouping.monitorMinutes === 0) return null;
    for (const head of this.heads.slice(0, COMPARED)) {
      if (head.visibility === 'private') continue;
      const incident = await this.incident(head.id);
      const why = incident === null ? null : joins(incident, alert, this.settings.grouping, this.ports.clock.now());
      if (why !== null) return { incidentId: head.id, why };
    }
    return null;
  }

  /** The incident that goes on because the alert fires again soon after its end; null: none does. */
  private async goneOn(openId: string | null, alert: AlertSighting, verdict: Verdict): Promise<string | null> {
    const { service } = alert;
    const incidentId = openId ?? (service === null ? null : await once(this.ended, service, () => lastEndedOf(this.ports, this.settings.conn, service)));
    if (incidentId === null || !(await once(this.over, incidentId, () => isOver(this.ports, incidentId)))) return null;
    if (!(await goOn(this.ports, this.settings, incidentId, alert, verdict))) return null;
    this.loads.delete(incidentId);
    this.over.delete(incidentId);
    this.services.clear();
    return incidentId;
  }

  async place(alert: AlertSighting): Promise<void> {
    await this.tellPrivate(alert);
    const claim = await this.ports.claims.get<AlertClaim>(alertClaim(this.settings.conn, alert.id));
    const holder = await this.holder(alert.id, claim);
    if (holder !== null) return this.join(holder.incidentId, alert, null);
    if (claim !== null && !(await this.takenOff(alert.id, claim))) return this.join(claim.incidentId, alert, null);
    const row = await this.ports.candidates.get(candidateId(this.settings.conn, alert.id));
    if (row !== null && row.value.state === 'dismissed') return await this.remember(alert);
    if (row !== null && isLeft(row.value)) return;
    // A person took it off an incident: it waits for a person again.
    if (row?.value.heldFrom !== undefined) return void this.toOffer.push({ alert, why: { key: row.value.whyKey, params: row.value.whyParams }, held: true });
    const seen = row === null ? alert : joinAlert(row.value.alert, alert);
    const verdict = judge(this.settings, seen);
    const leave = (): void => void (row?.value.state === 'downtime' && this.left.push(seen.id));
    if (verdict.action === 'ignore') return leave();
    const quiet = quietOf(await this.downtimes(), seen, row?.value ?? null, this.ports.clock.now());
    if (quiet !== null) return await keepQuiet(this.ports, this.settings.conn, seen, quiet);
    const open = await this.openFor(seen);
    const on = await this.goneOn(open?.incidentId ?? null, seen, verdict);
    if (on !== null) return await this.attach(on, seen, WHY.flap);
    if (open !== null) return await this.attach(open.incidentId, seen, open.why);
    if (verdict.action === 'attach') return leave();
    if (verdict.action === 'candidate') return (await this.consider(seen, verdict)) ? undefined : leave();
    const home = seen.service === null ? null : declareHome(this.settings, seen.service, verdict);
    if (seen.service === null || home === null) return this.ask(seen, { key: 'candidate.why.unmapped', params: {} });
    const refused = await this.refusal(row?.value ?? null, home.spaceKey);
    if (refused !== null) return this.ask(seen, refused);
    this.toDeclare.set(seen.service, { alerts: [...(this.toDeclare.get(seen.service)?.alerts ?? []), seen], verdict });
  }

  private ask(alert: AlertSighting, why: Why): void {
    this.toOffer.push({ alert, why, held: false });
  }

  /** Why rules do not declare in the space now; null: they may. */
  private async refusal(known: Candidate | null, spaceKey: string): Promise<Why | null> {
    if (known !== null && (await isRefused(this.ports, known, spaceKey))) return { key: known.whyKey, params: known.whyParams };
    const incidentId = await once(this.refusals, spaceKey, () => refusalIn(this.ports, this.settings.conn, spaceKey));
    return incidentId === null ? null : refusedWhy(spaceKey, incidentId);
  }

  /** What a rule wanted declared has nowhere to go: people are asked. @throws `refusal` when it was another's declaration that failed */
  async askInstead(alerts: readonly AlertSighting[], verdict: DeclareVerdict, refusal: AppFailure): Promise<void> {
    for (const alert of alerts) {
      const spaceKey = declareHome(this.settings, alert.service ?? '', verdict)?.spaceKey ?? '';
      const incidentId = await refusalIn(this.ports, this.settings.conn, spaceKey);
      if (incidentId !== null) this.ask(alert, refusedWhy(spaceKey, incidentId));
      else if (refusal.messageKey === 'error.page-refused.no-space') this.ask(alert, homelessWhy(spaceKey));
      else throw refusal;
    }
  }

  /** A person is asked once it happened often enough, and not again about what they dismissed a moment ago. False: not asked. */
  private async consider(alert: AlertSighting, verdict: CandidateVerdict): Promise<boolean> {
    const { conn, grouping } = this.settings;
    const seen = await noteSubject(this.ports, conn, alert, false);
    const long = isLong(alert, this.ports.clock.now());
    const times = timesWithin(seen, alert.id, verdict.minutes);
    if (times < verdict.times && !long) return false;
    const before = continues(seen, alert, grouping.flapMinutes);
    if (before?.dismissed === true && !long) {
      await noteSubject(this.ports, conn, alert, true);
      return false;
    }
    const why: Why = before?.dismissed === true ? { key: 'candidate.why.long', params: {} } : verdict.times > 1 && times >= verdict.times ? { key: 'candidate.why.times', params: { n: times, minutes: verdict.minutes } } : { key: verdict.whyKey, params: verdict.whyParams };
    this.ask(alert, why);
    return true;
  }

  /**
   * After all declaring: what waits joins the incident there is by now, whichever of them was seen first. `waiting`: candidates kept
   * before; as many are settled as one look has time for. True: more of them have an incident to join.
   */
  async settle(waiting: readonly Candidate[]): Promise<boolean> {
    this.services.clear();
    for (const { alert, why, held } of this.toOffer) {
      const open = held ? null : await this.openFor(alert);
      await (open === null ? this.offer(alert, why) : this.attach(open.incidentId, alert, open.why));
    }
    for (const id of this.left) await leaveAlone(this.ports, this.settings.conn, id);
    const known: { readonly id: string; readonly alert: AlertSighting; readonly open: Open | null }[] = [];
    for (const { id, alert, heldFrom } of waiting) known.push({ id, alert, open: heldFrom === undefined ? await this.openFor(alert) : null });
    const joining = known.filter(({ open }) => open !== null);
    // Of the others somebody may have linked one and died before it was settled.
    const others = known.filter(({ open }) => open === null);
    for (const { id, alert, open } of [...joining.slice(0, SETTLED_AT_ONCE), ...others.slice(0, SETTLED_AT_ONCE)]) {
      const claim = await this.ports.claims.get<AlertClaim>(alertClaim(this.settings.conn, alert.id));
      const holder = await this.holder(alert.id, claim);
      if (claim !== null) {
        await settleLinked(this.ports, holder?.incidentId ?? claim.incidentId, alert.id);
        continue;
      }
      if (open === null) continue;
      // Judged, or taken off an incident, since the list was read.
      const row = await this.ports.candidates.get(id);
      if (row?.value.state === 'waiting' && row.value.heldFrom === undefined) await this.attach(open.incidentId, alert, open.why);
    }
    return joining.length > SETTLED_AT_ONCE;
  }

  /** A person has judged it; what became of it is kept all the same. */
  private async remember(alert: AlertSighting): Promise<void> {
    if (alert.closedAt !== null) await noteSubject(this.ports, this.settings.conn, alert, true);
    await changeCandidate(this.ports, candidateId(this.settings.conn, alert.id), (known) => {
      const joined = known === null ? null : joinAlert(known.alert, alert);
      return known === null || joined === null || sameAlert(known.alert, joined) ? null : { ...known, alert: joined };
    });
  }

  /** Keeps the alert as a candidate for a person to judge. */
  private async offer(alert: AlertSighting, why: Why): Promise<void> {
    const id = candidateId(this.settings.conn, alert.id);
    await changeCandidate(this.ports, id, (known) => {
      const joined = known === null ? alert : joinAlert(known.alert, alert);
      const told = known?.state === 'waiting' && known.whyKey === why.key && known.whyParams['incident'] === why.params['incident'];
      if (known !== null && (!isUnjudged(known) || (told && sameAlert(known.alert, joined)))) return null;
      return { ...known, schema: 1, id, conn: this.settings.conn, alert: joined, state: 'waiting', whyKey: why.key, whyParams: why.params, dismissedBy: null, openedAt: joined.openedAt };
    });
  }
}
