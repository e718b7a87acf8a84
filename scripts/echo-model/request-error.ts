export interface RequestErrorDetails {
  status?: number;
  /** The field that is wrong. */
  param?: string | null;
  code?: string | null;
}

/** A request that cannot be answered; `body` is what the caller gets, in OpenAI's envelope. */
export class RequestError extends Error {
  readonly status: number;
  readonly param: string | null;
  readonly code: string | null;

  constructor(
    message: string,
    { status = 400, param = null, code = null }: RequestErrorDetails = {},
  ) {
    super(message);
    this.status = status;
    this.param = param;
    this.code = code;
  }

  get body() {
    const type = this.status < 500 ? 'invalid_request_error' : 'server_error';
    return { error: { message: this.message, type, param: this.param, code: this.code } };
  }
}
