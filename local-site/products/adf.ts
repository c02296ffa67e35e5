/** Documents checked against Atlassian's own JSON schema of ADF. */
import { readFileSync } from 'node:fs';
import Ajv from 'ajv-draft-04';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { Refusal } from './refusal';

let compiled: ValidateFunction | null = null;
function validator(): ValidateFunction {
  if (compiled !== null) return compiled;
  const schema: object = JSON.parse(readFileSync(require.resolve('@atlaskit/adf-schema/dist/json-schema/v1/full.json'), 'utf8'));
  // It is sound: checking it against its own schema, and tidying what runs once, would take as long again.
  return (compiled = new Ajv({ strict: false, meta: false, validateSchema: false, code: { optimize: false } }).compile(schema));
}

const depth = (error: ErrorObject): number => error.instancePath.split('/').length;

/** What is wrong at the deepest place the schema reached; null when the document is valid. */
export function adfProblem(doc: unknown): string | null {
  const validate = validator();
  if (validate(doc)) return null;
  const errors = validate.errors ?? [];
  // Every branch of every anyOf complains; the one that came furthest names the place a person should look at.
  const deepest = errors.reduce<ErrorObject | null>((best, error) => (best === null || depth(error) > depth(best) ? error : best), null);
  return deepest === null ? 'not a document' : `${deepest.instancePath || '/'} ${deepest.message ?? 'is not allowed'}`;
}

/** Parses and checks a document; throws Refusal 400 that names the deepest wrong path. */
export function parseAdf(text: string): unknown {
  let doc: unknown;
  try {
    doc = JSON.parse(text);
  } catch {
    throw new Refusal(400, 'Invalid ADF: the value is not JSON');
  }
  const problem = adfProblem(doc);
  if (problem !== null) throw new Refusal(400, `Invalid ADF: ${problem}`);
  return doc;
}
