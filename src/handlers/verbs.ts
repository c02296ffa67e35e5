/** Every verb the resolver answers: parse, then the use case, which proves access itself. */
import type { Request } from '@forge/resolver';
import type * as z from 'zod';
import type { AppApi, IncidentHeadView, Result } from '../contract';
import { AppFailure } from '../domain/failure';
import { audienceOf, pressLetIn, pressTakeOff } from '../usecases/audience';
import { pressFreeze } from '../usecases/ask-freeze';
import { auditOf } from '../usecases/audit';
import { boardAt, boardChanges, boardEntries, loadBoard, noteHistory } from '../usecases/board';
import type { Caller } from '../usecases/caller';
import { pressRespond, pressSeverity, pressStatus } from '../usecases/course';
import { declareByPerson } from '../usecases/declare';
import { previewTemplate } from '../usecases/preview-template';
import { editableIncidents } from '../usecases/editable';
import { diagnostics } from '../usecases/diagnostics';
import { beginErasing, continueErasing, erasing } from '../usecases/erase';
import { evidenceSvg, keepEvidencePicture } from '../usecases/draw-evidence';
import { loadEvidence } from '../usecases/evidence-view';
import { exportIncident } from '../usecases/export-incident';
import { importRecord, lookAtImport } from '../usecases/import-record';
import { exportData } from '../usecases/export-data';
import { boardGraph, metricGraph } from '../usecases/graph';
import { discardAndShow, health, pollNow, retryAndShow } from '../usecases/health';
import { dismissCandidate, loadHome } from '../usecases/home';
import { hostDetail } from '../usecases/host-detail';
import { attachableAlerts, pressAttach, pressDetach } from '../usecases/link-alerts';
import { pressMerge } from '../usecases/merge';
import { pressMoveAlert } from '../usecases/move-alert';
import { pressAddNotes, pressEditNote, pressPin, pressRemoveNote } from '../usecases/notes';
import { pressRehome } from '../usecases/page-life';
import { boardMetricChoices, metricChoices, pressAddGraph, pressRemoveGraph } from '../usecases/pick-graphs';
import { adoptPage, dropPage, lookAtPage, pageTemplates } from '../usecases/page-templates';
import { configured } from '../usecases/prove';
import { publishReport } from '../usecases/publish-report';
import { loadReport } from '../usecases/report';
import { lookAtRefresh, pressRefresh } from '../usecases/refresh-page';
import { ruleChoices } from '../usecases/rule-choices';
import { makeSample, removeSample } from '../usecases/sample';
import { getSettings, saveSettings } from '../usecases/settings';
import { settingsChanges } from '../usecases/settings-changes';
import { installedTemplates, installTemplate, removeTemplate } from '../usecases/shelve-templates';
import { pressCause, pressLine, pressPlaces, pressRole } from '../usecases/team';
import { issueIncident, ticketForm, ticketsOverview } from '../usecases/look-at-tickets';
import { pressCheckTicket, pressCreateAgain, pressCreateTicket, pressDropTicket, pressLinkTicket, pressUnlinkTicket } from '../usecases/press-tickets';
import { draftSection } from '../usecases/draft-section';
import { fillReview, previewFill } from '../usecases/fill-review';
import { repeatedOf } from '../usecases/repeated-causes';
import { boardSimilar } from '../usecases/similar';
import { advanceReview, loadReview, saveReview } from '../usecases/review';
import { reviewsOverview } from '../usecases/review-views';
import { tryRules } from '../usecases/try-rules';
import { draftOfUpdate, pressUpdate } from '../usecases/updates';
import { pressVisibility } from '../usecases/visibility';
import { removeWebhook, rotateWebhook, setUpWebhook, waitForWebhook } from '../usecases/webhook';
import { pressCloseAlert, pressHostStatus, pressMemo } from '../usecases/write-mackerel';
import type { RulesTrialInput, SettingsInput } from '../contract';
import { asResult } from './as-result';
import { compose, type Composed } from './compose';
import { parseCaller } from './context';
import { READING } from './license';
import { parsePayload, payloads } from './payloads';
import { readRecordFile } from './record-file';

type Verbs = { readonly [V in keyof AppApi]: (request: Request) => Promise<ReturnType<AppApi[V]>> };

function verb<T>(name: keyof AppApi, work: (app: Composed, caller: Caller, payload: unknown) => Promise<T>): (request: Request) => Promise<Result<T>> {
  return async (request) =>
    await asResult(name, async () => {
      const caller = parseCaller(request.context);
      if (caller.isPaused && !READING.has(name)) throw new AppFailure('license-inactive');
      return await work(compose(), caller, request.payload);
    });
}

/** A verb that changes one incident. */
const pressing = <S extends z.ZodType>(name: keyof AppApi, schema: S, work: (ports: Composed['ports'], caller: Caller, p: z.output<S>) => Promise<IncidentHeadView>) =>
  verb(name, (app, caller, p) => work(app.ports, caller, parsePayload(schema, p)));

/** A verb that takes nothing. */
const plain = <T>(name: keyof AppApi, work: (ports: Composed['ports'], caller: Caller) => Promise<T>) =>
  verb(name, (app, caller, p) => {
    parsePayload(payloads.nothing, p);
    return work(app.ports, caller);
  });

export const verbs: Verbs = {
  'board.load': verb('board.load', (app, caller, p) => loadBoard(app.ports, app.passes, caller, parsePayload(payloads.boardLoad, p))),
  'board.changes': verb('board.changes', (app, caller, p) => boardChanges(app.ports, app.passes, caller, parsePayload(payloads.boardChanges, p))),
  'board.entries': verb('board.entries', (app, caller, p) => boardEntries(app.ports, app.passes, caller, parsePayload(payloads.reading, p))),
  'board.at': verb('board.at', (app, caller, p) => boardAt(app.ports, app.passes, caller, parsePayload(payloads.boardAt, p))),
  'board.evidence': verb('board.evidence', (app, caller, p) => loadEvidence(app.ports, app.passes, caller, parsePayload(payloads.reading, p))),
  'evidence.freeze': verb('evidence.freeze', (app, caller, p) => pressFreeze(app.ports, caller, parsePayload(payloads.respond, p))),
  'board.similar': verb('board.similar', (app, caller, p) => boardSimilar(app.ports, app.passes, caller, parsePayload(payloads.reading, p))),
  'evidence.svg': verb('evidence.svg', (app, caller, p) => evidenceSvg(app.ports, app.passes, caller, parsePayload(payloads.evidenceSvg, p))),
  'evidence.picture': verb('evidence.picture', (app, caller, p) => keepEvidencePicture(app.ports, caller, parsePayload(payloads.evidencePicture, p))),
  'board.graph': verb('board.graph', (app, caller, p) => boardGraph(app.ports, app.passes, caller, parsePayload(payloads.boardGraph, p))),
  'board.host': verb('board.host', (app, caller, p) => hostDetail(app.ports, app.passes, caller, parsePayload(payloads.boardHost, p))),
  'board.attachable': verb('board.attachable', (app, caller, p) => attachableAlerts(app.ports, app.passes, caller, parsePayload(payloads.reading, p))),
  'board.metrics': verb('board.metrics', (app, caller, p) => boardMetricChoices(app.ports, app.passes, caller, parsePayload(payloads.boardMetrics, p))),
  'note.history': verb('note.history', (app, caller, p) => noteHistory(app.ports, app.passes, caller, parsePayload(payloads.noteHistory, p))),

  'incident.respond': pressing('incident.respond', payloads.respond, pressRespond),
  'incident.severity': pressing('incident.severity', payloads.severity, pressSeverity),
  'incident.status': pressing('incident.status', payloads.status, pressStatus),
  'incident.role': pressing('incident.role', payloads.role, pressRole),
  'incident.line': pressing('incident.line', payloads.line, pressLine),
  'incident.places': pressing('incident.places', payloads.places, pressPlaces),
  'incident.cause': pressing('incident.cause', payloads.cause, pressCause),
  'incident.visibility': pressing('incident.visibility', payloads.visibility, pressVisibility),
  'audience.load': verb('audience.load', (app, caller, p) => audienceOf(app.ports, caller, parsePayload(payloads.incident, p).incidentId)),
  'audience.add': pressing('audience.add', payloads.audience, pressLetIn),
  'audience.remove': pressing('audience.remove', payloads.audience, pressTakeOff),
  'incident.merge': pressing('incident.merge', payloads.merge, pressMerge),
  'page.outdated': verb('page.outdated', (app, caller, p) => lookAtRefresh(app.ports, caller, parsePayload(payloads.incident, p).incidentId)),
  'page.refresh': pressing('page.refresh', payloads.refreshPage, pressRefresh),
  'incident.rehome': pressing('incident.rehome', payloads.respond, pressRehome),
  'note.add': pressing('note.add', payloads.addNotes, pressAddNotes),
  'note.edit': pressing('note.edit', payloads.editNote, pressEditNote),
  'note.remove': pressing('note.remove', payloads.removeNote, pressRemoveNote),
  'entry.pin': pressing('entry.pin', payloads.pin, pressPin),
  'alert.attach': pressing('alert.attach', payloads.alert, pressAttach),
  'alert.detach': pressing('alert.detach', payloads.alert, pressDetach),
  'alert.move': pressing('alert.move', payloads.moveAlert, pressMoveAlert),
  'alert.close': pressing('alert.close', payloads.closeAlert, pressCloseAlert),
  'alert.memo': pressing('alert.memo', payloads.alert, pressMemo),
  'host.status': pressing('host.status', payloads.hostStatus, pressHostStatus),
  'graph.add': pressing('graph.add', payloads.addGraph, pressAddGraph),
  'graph.remove': pressing('graph.remove', payloads.removeGraph, pressRemoveGraph),

  'ticket.form': verb('ticket.form', (app, caller, p) => ticketForm(app.ports, app.passes, caller, parsePayload(payloads.reading, p))),
  'ticket.create': pressing('ticket.create', payloads.createTicket, pressCreateTicket),
  'ticket.link': pressing('ticket.link', payloads.linkTicket, pressLinkTicket),
  'ticket.unlink': pressing('ticket.unlink', payloads.ticket, pressUnlinkTicket),
  'ticket.drop': pressing('ticket.drop', payloads.dropTicket, pressDropTicket),
  'ticket.check': pressing('ticket.check', payloads.ticket, pressCheckTicket),
  'ticket.again': pressing('ticket.again', payloads.ticket, pressCreateAgain),
  'tickets.overview': plain('tickets.overview', ticketsOverview),
  'issue.incident': verb('issue.incident', (app, caller, p) => issueIncident(app.ports, caller, parsePayload(payloads.issue, p).issueId)),

  'review.load': verb('review.load', (app, caller, p) => loadReview(app.ports, caller, parsePayload(payloads.incident, p).incidentId)),
  'review.save': verb('review.save', (app, caller, p) => saveReview(app.ports, caller, parsePayload(payloads.saveReview, p))),
  'review.advance': verb('review.advance', (app, caller, p) => advanceReview(app.ports, caller, parsePayload(payloads.advanceReview, p))),
  'review.preview': verb('review.preview', (app, caller, p) => previewFill(app.ports, caller, parsePayload(payloads.previewFill, p))),
  'review.draft': verb('review.draft', (app, caller, p) => draftSection(app.ports, caller, parsePayload(payloads.draftSection, p))),
  'review.fill': verb('review.fill', (app, caller, p) => fillReview(app.ports, caller, parsePayload(payloads.fillReview, p))),
  'reviews.overview': plain('reviews.overview', reviewsOverview),
  'reviews.repeated': verb('reviews.repeated', (app, _caller, p) => repeatedOf(app.ports, parsePayload(payloads.repeated, p).days)),

  'incident.declare': verb('incident.declare', async (app, caller, p) =>
    declareByPerson(app.ports, await configured(app.ports), caller, parsePayload(payloads.declare, p)),
  ),
  'template.preview': verb('template.preview', async (app, _caller, p) => previewTemplate(app.ports, await configured(app.ports), parsePayload(payloads.previewTemplate, p))),
  'incidents.editable': verb('incidents.editable', (app, _caller, p) => {
    parsePayload(payloads.nothing, p);
    return editableIncidents(app.ports);
  }),
  'report.load': verb('report.load', (app, caller, p) => loadReport(app.ports, caller, parsePayload(payloads.report, p))),
  'report.publish': verb('report.publish', (app, caller, p) => publishReport(app.ports, caller, parsePayload(payloads.publishReport, p))),
  'report.record': verb('report.record', (app, caller, p) => exportIncident(app.ports, caller, parsePayload(payloads.incidentRecord, p))),
  'audit.load': verb('audit.load', (app, caller, p) => auditOf(app.ports, caller, parsePayload(payloads.audit, p))),
  'update.draft': verb('update.draft', (app, caller, p) => draftOfUpdate(app.ports, caller, parsePayload(payloads.draftUpdate, p))),
  'update.publish': pressing('update.publish', payloads.publishUpdate, pressUpdate),
  'candidate.dismiss': verb('candidate.dismiss', (app, caller, p) => dismissCandidate(app.ports, caller, parsePayload(payloads.dismiss, p).candidateId)),
  'metric.graph': verb('metric.graph', (app, caller, p) => metricGraph(app.ports, caller, parsePayload(payloads.metricGraph, p))),
  'metric.choices': verb('metric.choices', (app, _caller, p) => metricChoices(app.ports, parsePayload(payloads.metricChoices, p).of)),
  'home.load': plain('home.load', loadHome),
  'settings.get': plain('settings.get', getSettings),
  'settings.save': verb('settings.save', (app, caller, p) => saveSettings(app.ports, caller, parsePayload(payloads.settings, p) as SettingsInput)),
  'settings.changes': verb('settings.changes', (app, caller, p) => settingsChanges(app.ports, caller, parsePayload(payloads.settingsChanges, p).before)),
  'templates.installed': plain('templates.installed', installedTemplates),
  'template.install': verb('template.install', (app, caller, p) => installTemplate(app.ports, caller, parsePayload(payloads.templatePlace, p))),
  'template.remove': verb('template.remove', (app, caller, p) => removeTemplate(app.ports, caller, parsePayload(payloads.templatePlace, p))),
  'templates.pages': plain('templates.pages', pageTemplates),
  'template.look': verb('template.look', (app, _caller, p) => lookAtPage(app.ports, parsePayload(payloads.lookAtPage, p))),
  'template.adopt': verb('template.adopt', (app, caller, p) => adoptPage(app.ports, caller, parsePayload(payloads.adoptPage, p))),
  'template.drop': verb('template.drop', (app, caller, p) => dropPage(app.ports, caller, parsePayload(payloads.dropPage, p).id)),
  'sample.make': verb('sample.make', (app, caller, p) => makeSample(app.ports, caller, parsePayload(payloads.sample, p).spaceKey)),
  'sample.remove': plain('sample.remove', removeSample),
  'rules.test': verb('rules.test', (app, caller, p) => tryRules(app.ports, caller, parsePayload(payloads.rulesTest, p) satisfies RulesTrialInput)),
  'rules.choices': plain('rules.choices', ruleChoices),

  'health.get': plain('health.get', health),
  'health.poll': plain('health.poll', pollNow),
  'health.retry': verb('health.retry', (app, caller, p) => retryAndShow(app.ports, caller, parsePayload(payloads.mend, p))),
  'health.discard': verb('health.discard', (app, caller, p) => discardAndShow(app.ports, caller, parsePayload(payloads.mend, p))),
  'webhook.setup': plain('webhook.setup', setUpWebhook),
  'webhook.wait': verb('webhook.wait', (app, caller, p) => waitForWebhook(app.ports, caller, parsePayload(payloads.waitForWebhook, p).since)),
  'webhook.rotate': verb('webhook.rotate', (app, caller, p) => rotateWebhook(app.ports, caller, parsePayload(payloads.operation, p).opId)),
  'webhook.remove': plain('webhook.remove', removeWebhook),
  'data.export': verb('data.export', (app, caller, p) => exportData(app.ports, caller, parsePayload(payloads.exportData, p).cursor)),
  'import.look': verb('import.look', (app, caller, p) => {
    const { file } = parsePayload(payloads.lookAtImport, p);
    return lookAtImport(app.ports, caller, () => readRecordFile(file));
  }),
  'incident.import': verb('incident.import', (app, caller, p) => {
    const { file, spaceKey } = parsePayload(payloads.importRecord, p);
    return importRecord(app.ports, caller, () => readRecordFile(file), spaceKey);
  }),
  'erase.begin': verb('erase.begin', (app, caller, p) => beginErasing(app.ports, caller, parsePayload(payloads.erase, p))),
  'erase.continue': plain('erase.continue', continueErasing),
  'erase.state': plain('erase.state', erasing),
  'data.diagnostics': plain('data.diagnostics', diagnostics),
};
