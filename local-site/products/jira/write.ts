/** Applies the `fields` and `update` of a request to an issue, and tells what is wrong with each field at once. */
import { object } from '../http';
import { FieldRefusal, Refusal, Unmodelled } from '../refusal';
import { FieldProblem, fieldsOf, type Field, type Place } from './fields';
import { labelsOf, type Draft } from './rows';

const unsettable = (id: string): string => `Field '${id}' cannot be set. It is not on the appropriate screen, or unknown.`;

/** The value an `update` asks for. */
function updated(id: string, operations: unknown, draft: Draft): unknown {
  let labels = [...labelsOf(draft)];
  for (const operation of Array.isArray(operations) ? (operations as unknown[]).map(object) : []) {
    const [verb = ''] = Object.keys(operation);
    if (id !== 'labels') {
      if (verb !== 'set') throw new Unmodelled(`update of ${id} by ${verb}`);
      return operation['set'];
    }
    const value = operation[verb];
    if (verb === 'set') labels = Array.isArray(value) ? (value as string[]) : [];
    else if (verb === 'add') labels.push(value as string);
    else if (verb === 'remove') labels = labels.filter((label) => label !== value);
    else throw new Unmodelled(`update of labels by ${verb}`);
  }
  return labels;
}

/** What the request writes, by field id. */
function asked(body: Record<string, unknown>, draft: Draft): Map<string, unknown> {
  const values = new Map(Object.entries(object(body['fields'])));
  for (const [id, operations] of Object.entries(object(body['update']))) {
    if (values.has(id)) throw new FieldRefusal({ [id]: `Field '${id}' cannot appear in both 'fields' and 'update'` });
    values.set(id, updated(id, operations, draft));
  }
  for (const name of ['transition', 'historyMetadata']) if (body[name] !== undefined) throw new Unmodelled(`an issue written with ${name}`);
  return values;
}

function apply(values: ReadonlyMap<string, unknown>, fields: readonly Field[], draft: Draft, place: Place, errors: Record<string, string>): void {
  for (const [id, value] of values) {
    const field = fields.find((each) => each.id === id);
    if (!field) {
      errors[id] = unsettable(id);
      continue;
    }
    try {
      field.write(value, draft, place);
    } catch (error) {
      if (!(error instanceof FieldProblem)) throw error;
      errors[id] = error.message;
    }
  }
  if (Object.keys(errors).length > 0) throw new FieldRefusal(errors);
}

export function applyToNew(body: Record<string, unknown>, draft: Draft, place: Place): void {
  const values = asked(body, draft);
  values.delete('project');
  const errors: Record<string, string> = {};
  const fields = fieldsOf(place);
  for (const { id, name, required, hasDefault } of fields) {
    if (!required || hasDefault || (values.get(id) ?? null) !== null) continue;
    values.delete(id);
    errors[id] = id === 'summary' ? 'You must specify a summary of the issue.' : id === 'issuetype' ? 'Specify a valid issue type' : `${name} is required.`;
  }
  apply(values, fields, draft, place, errors);
}

/** Who may not edit at all has no field to write: the vendor says so of every field. */
export function applyToExisting(body: Record<string, unknown>, draft: Draft, place: Place): void {
  const values = asked(body, draft);
  if (values.size === 0 && body['properties'] === undefined) throw new Refusal(400, 'one of \'fields\' or \'update\' required');
  apply(values, place.rights.can('EDIT_ISSUES', draft) ? fieldsOf(place) : [], draft, place, {});
}
