/** Every verb the resolver answers: parse, then the use case, which proves access itself. */
import type { Request } from '@forge/resolver';
import type * as z from 'zod';
import type { AppApi, IncidentHeadView, Result } from '../contract';
import { boardAt, boardChanges, boardEntries, loadBoard, noteHistory } from '../usecases/board';
import type { Caller } from '../usecases/caller';
import { pressRespond, pressSeverity, pressStatus } from '../usecases/course';
import { declareByPerson } from '../usecases/declare';
import { boardGraph } from '../usecases/graph';
import { dismissCandidate, loadHome } from '../usecases/home';
import { hostDetail } from '../usecases/host-detail';
import { attachableAlerts, pressAttach, pressDetach } from '../usecases/link-alerts';
import { pressAddNotes, pressEditNote, pressPin, pressRemoveNote } from '../usecases/notes';
import { pressRehome } from '../usecases/page-life';
import { metricChoices, pressAddGraph, pressRemoveGraph } from '../usecases/pick-graphs';
import { configured } from '../usecases/prove';
import { getSettings, saveSettings } from '../usecases/settings';
import { pressCause, pressLine, pressPlaces, pressRole } from '../usecases/team';
import { pressCloseAlert, pressHostStatus, pressMemo } from '../usecases/write-mackerel';
import type { SettingsInput } from '../contract';
import { asResult } from './as-result';
import { compose, type Composed } from './compose';
import { parseCaller } from './context';
import { parsePayload, payloads } from './payloads';

type Verbs = { readonly [V in keyof AppApi]: (request: Request) => Promise<ReturnType<AppApi[V]>> };

function verb<T>(name: keyof AppApi, work: (app: Composed, caller: Caller, payload: unknown) => Promise<T>): (request: Request) => Promise<Result<T>> {
  return async (request) =>
    await asResult(name, async () => {
      const caller = parseCaller(request.context);
      return await work(compose(), caller, request.payload);
    });
}

/** A verb that changes one incident. */
const pressing = <S extends z.ZodType>(name: keyof AppApi, schema: S, work: (ports: Composed['ports'], caller: Caller, p: z.output<S>) => Promise<IncidentHeadView>) =>
  verb(name, (app, caller, p) => work(app.ports, caller, parsePayload(schema, p)));

export const verbs: Verbs = {
  'board.load': verb('board.load', (app, caller, p) => loadBoard(app.ports, app.passes, caller, parsePayload(payloads.boardLoad, p))),
  'board.changes': verb('board.changes', (app, caller, p) => boardChanges(app.ports, app.passes, caller, parsePayload(payloads.boardChanges, p))),
  'board.entries': verb('board.entries', (app, caller, p) => boardEntries(app.ports, app.passes, caller, parsePayload(payloads.reading, p))),
  'board.at': verb('board.at', (app, caller, p) => boardAt(app.ports, app.passes, caller, parsePayload(payloads.boardAt, p))),
  'board.graph': verb('board.graph', (app, caller, p) => boardGraph(app.ports, app.passes, caller, parsePayload(payloads.boardGraph, p))),
  'board.host': verb('board.host', (app, caller, p) => hostDetail(app.ports, app.passes, caller, parsePayload(payloads.boardHost, p))),
  'board.attachable': verb('board.attachable', (app, caller, p) => attachableAlerts(app.ports, app.passes, caller, parsePayload(payloads.reading, p))),
  'board.metrics': verb('board.metrics', (app, caller, p) => metricChoices(app.ports, app.passes, caller, parsePayload(payloads.boardMetrics, p))),
  'note.history': verb('note.history', (app, caller, p) => noteHistory(app.ports, app.passes, caller, parsePayload(payloads.noteHistory, p))),

  'incident.respond': pressing('incident.respond', payloads.respond, pressRespond),
  'incident.severity': pressing('incident.severity', payloads.severity, pressSeverity),
  'incident.status': pressing('incident.status', payloads.status, pressStatus),
  'incident.role': pressing('incident.role', payloads.role, pressRole),
  'incident.line': pressing('incident.line', payloads.line, pressLine),
  'incident.places': pressing('incident.places', payloads.places, pressPlaces),
  'incident.cause': pressing('incident.cause', payloads.cause, pressCause),
  'incident.rehome': pressing('incident.rehome', payloads.respond, pressRehome),
  'note.add': pressing('note.add', payloads.addNotes, pressAddNotes),
  'note.edit': pressing('note.edit', payloads.editNote, pressEditNote),
  'note.remove': pressing('note.remove', payloads.removeNote, pressRemoveNote),
  'entry.pin': pressing('entry.pin', payloads.pin, pressPin),
  'alert.attach': pressing('alert.attach', payloads.alert, pressAttach),
  'alert.detach': pressing('alert.detach', payloads.alert, pressDetach),
  'alert.close': pressing('alert.close', payloads.closeAlert, pressCloseAlert),
  'alert.memo': pressing('alert.memo', payloads.alert, pressMemo),
  'host.status': pressing('host.status', payloads.hostStatus, pressHostStatus),
  'graph.add': pressing('graph.add', payloads.addGraph, pressAddGraph),
  'graph.remove': pressing('graph.remove', payloads.removeGraph, pressRemoveGraph),

  'incident.declare': verb('incident.declare', async (app, caller, p) =>
    declareByPerson(app.ports, await configured(app.ports), caller, parsePayload(payloads.declare, p)),
  ),
  'candidate.dismiss': verb('candidate.dismiss', (app, caller, p) => dismissCandidate(app.ports, caller, parsePayload(payloads.dismiss, p).candidateId)),
  'home.load': verb('home.load', (app, _caller, p) => {
    parsePayload(payloads.nothing, p);
    return loadHome(app.ports);
  }),
  'settings.get': verb('settings.get', (app, _caller, p) => {
    parsePayload(payloads.nothing, p);
    return getSettings(app.ports);
  }),
  'settings.save': verb('settings.save', (app, _caller, p) => saveSettings(app.ports, parsePayload(payloads.settings, p) as SettingsInput)),
};
