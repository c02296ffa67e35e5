/** The two ways a product says no. */

/** Refused as the vendor refuses; `message` is for people, `status` the HTTP status. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(
    readonly status: 400 | 401 | 403 | 404 | 409 | 413,
    message: string,
  ) {
    super(message);
  }
}

/** Jira's refusal of single fields: what is wrong with each, by field id. */
export class FieldRefusal extends Refusal {
  constructor(readonly errors: Readonly<Record<string, string>>) {
    super(400, Object.values(errors).join(' '));
  }
}

/** The vendor can do this, the local site cannot: answered 501 with its name. */
export class Unmodelled extends Error {
  override readonly name = 'Unmodelled';
}
