/** The parts of the fetch API the bridge uses to carry product calls; jsdom has none of them. */
class TextHeaders extends Map<string, string> {
  constructor(init: Record<string, string> = {}) {
    super(Object.entries(init));
  }
}
class TextBody {
  constructor(private readonly body: string) {}
  async text(): Promise<string> {
    return this.body;
  }
  async json(): Promise<unknown> {
    return JSON.parse(this.body);
  }
}
class TextRequest extends TextBody {
  readonly method: string;
  readonly headers: TextHeaders;
  constructor(_url: string, init: { readonly body?: string; readonly method?: string; readonly headers?: Record<string, string> }) {
    super(init.body ?? '');
    this.method = init.method ?? 'GET';
    this.headers = new TextHeaders(init.headers);
  }
}
class TextResponse extends TextBody {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: TextHeaders;
  constructor(body: string, init: { readonly status: number; readonly headers?: Record<string, string> }) {
    super(body);
    this.status = init.status;
    this.headers = new TextHeaders(init.headers);
    this.ok = init.status >= 200 && init.status < 300;
  }
}

Object.assign(globalThis, { Headers: TextHeaders, Request: TextRequest, Response: TextResponse });
export {};
