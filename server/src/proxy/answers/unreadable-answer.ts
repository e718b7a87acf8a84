/** An answer that Lumen had to read, to say it in other words or to know that it is one, and could not. */
export class UnreadableAnswerError extends Error {}

/** An answer in one piece, or one event of a stream, over `upstream.max_body_bytes`. */
export class OversizedAnswerError extends Error {
  constructor(readonly mostBytes: number) {
    super(`more than ${mostBytes} bytes`);
  }
}
