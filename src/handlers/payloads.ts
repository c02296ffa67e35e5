/** What each verb takes. Anything else is refused by name, before anything is read. */
import * as z from 'zod';
import { badRequest } from '../domain/failure';

const id = z.string().min(1).max(200);
const opId = z.string().regex(/^[A-Za-z0-9-]{8,64}$/);
const severity = z.enum(['pending', 'sev1', 'sev2', 'sev3', 'sev4']);
const pass = z.string().max(2000);
const alertStatus = z.enum(['OK', 'WARNING', 'CRITICAL', 'UNKNOWN']);
const serviceName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{1,62}$/);

export const payloads = {
  boardLoad: z.union([z.strictObject({ pageId: z.string().regex(/^\d{1,20}$/) }), z.strictObject({ incidentId: id })]),
  boardChanges: z.strictObject({ incidentId: id, since: z.number().int().min(0), pass }),
  boardGraph: z.strictObject({ incidentId: id, alertId: id, pass }),
  respond: z.strictObject({ incidentId: id, opId }),
  severity: z.strictObject({ incidentId: id, severity, opId }),
  status: z.strictObject({
    incidentId: id,
    status: z.enum(['investigating', 'identified', 'mitigated', 'resolved', 'closed', 'cancelled']),
    opId,
  }),
  declare: z.strictObject({
    opId,
    spaceKey: z.string().min(1).max(255),
    title: z.string().min(1).max(500),
    severity,
    visibility: z.enum(['public', 'private']),
    candidateId: id.nullable(),
  }),
  dismiss: z.strictObject({ candidateId: id, opId }),
  nothing: z.strictObject({}),
  settings: z.strictObject({
    apiKey: z.string().max(200).optional(),
    slackUrl: z.string().max(500).optional(),
    services: z.array(z.strictObject({ name: serviceName, spaceKey: z.string().min(1).max(255), lang: z.enum(['ja', 'en']) })).max(200),
    rules: z
      .array(z.strictObject({ service: serviceName.nullable(), status: alertStatus.nullable(), action: z.enum(['ignore', 'candidate', 'declare']), severity }))
      .max(200),
    version: z.number().int().min(0),
  }),
};

/** @throws AppFailure bad-request naming the first field that does not fit */
export function parsePayload<S extends z.ZodType>(schema: S, payload: unknown): z.output<S> {
  const parsed = schema.safeParse(payload);
  if (parsed.success) return parsed.data;
  throw badRequest(parsed.error.issues[0]?.path.join('.') ?? '');
}
