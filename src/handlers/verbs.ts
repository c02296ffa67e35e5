/** Every verb the resolver answers: parse, then the use case, which proves access itself. */
import type { Request } from '@forge/resolver';
import type { AppApi, Result } from '../contract';
import { boardChanges, loadBoard } from '../usecases/board';
import type { Caller } from '../usecases/caller';
import { declareByPerson } from '../usecases/declare';
import { alertGraph } from '../usecases/graph';
import { dismissCandidate, loadHome } from '../usecases/home';
import { pressRespond, pressSeverity, pressStatus } from '../usecases/press';
import { configured } from '../usecases/prove';
import { getSettings, saveSettings } from '../usecases/settings';
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

export const verbs: Verbs = {
  'board.load': verb('board.load', (app, caller, p) => loadBoard(app.ports, app.passes, caller, parsePayload(payloads.boardLoad, p))),
  'board.changes': verb('board.changes', (app, caller, p) => boardChanges(app.ports, app.passes, caller, parsePayload(payloads.boardChanges, p))),
  'board.graph': verb('board.graph', (app, caller, p) => alertGraph(app.ports, app.passes, caller, parsePayload(payloads.boardGraph, p))),
  'incident.respond': verb('incident.respond', (app, caller, p) => pressRespond(app.ports, caller, parsePayload(payloads.respond, p))),
  'incident.severity': verb('incident.severity', (app, caller, p) => pressSeverity(app.ports, caller, parsePayload(payloads.severity, p))),
  'incident.status': verb('incident.status', (app, caller, p) => pressStatus(app.ports, caller, parsePayload(payloads.status, p))),
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
