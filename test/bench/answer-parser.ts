const HEAD_END = Buffer.from('\r\n\r\n');
const LINE_END = Buffer.from('\r\n');
const STATUS_LINE = /^HTTP\/1\.1 (\d{3}) /;
const CONTENT_LENGTH = /\r\ncontent-length: *(\d+)\r\n/i;
const IS_CHUNKED = /\r\ntransfer-encoding: *chunked\r\n/i;

type Step = 'head' | 'fixed' | 'chunk-size' | 'chunk' | 'trailer';

/** Reads HTTP/1.1 answers of a keep-alive connection, one after the other. */
export class AnswerParser {
  /** Of the latest answer whose head was read. */
  status = 0;
  private step: Step = 'head';
  private rest: Buffer = Buffer.alloc(0);
  private missing = 0;
  private body: Buffer[] = [];

  /** Whether bytes of the body of the answer under way, or of the one just read, have arrived. */
  get hasBody(): boolean {
    return this.body.length > 0;
  }

  /** Takes what has arrived; answers the body once an answer is complete, else null. */
  read(bytes: Buffer): Buffer | null {
    this.rest = this.rest.length === 0 ? bytes : Buffer.concat([this.rest, bytes]);
    if (this.step === 'head' && !this.readHead()) return null;
    const isComplete = this.step === 'fixed' ? this.readFixed() : this.readChunks();
    if (!isComplete) return null;
    if (this.rest.length > 0) throw new Error('There are bytes after the end of an answer.');
    this.step = 'head';
    return this.body.length === 1 ? this.body[0]! : Buffer.concat(this.body);
  }

  private readHead(): boolean {
    const end = this.rest.indexOf(HEAD_END);
    if (end === -1) return false;
    const head = this.rest.toString('latin1', 0, end + LINE_END.length);
    this.rest = this.rest.subarray(end + HEAD_END.length);
    this.body = [];
    this.status = Number(STATUS_LINE.exec(head)?.[1]);
    const length = CONTENT_LENGTH.exec(head)?.[1];
    if (length !== undefined) {
      this.step = 'fixed';
      this.missing = Number(length);
    } else if (IS_CHUNKED.test(head)) this.step = 'chunk-size';
    else throw new Error(`An answer has neither a length nor chunks: ${head}`);
    return true;
  }

  private readFixed(): boolean {
    this.take();
    return this.missing === 0;
  }

  private readChunks(): boolean {
    for (;;) {
      if (this.step === 'chunk-size' && !this.readChunkSize()) return false;
      if (this.step === 'trailer') return this.skipLineEnd();
      this.take();
      if (this.missing > 0 || !this.skipLineEnd()) return false;
      this.step = 'chunk-size';
    }
  }

  private readChunkSize(): boolean {
    const end = this.rest.indexOf(LINE_END);
    if (end === -1) return false;
    this.missing = Number.parseInt(this.rest.toString('latin1', 0, end), 16);
    if (Number.isNaN(this.missing)) throw new Error('An answer has a chunk without a size.');
    this.rest = this.rest.subarray(end + LINE_END.length);
    this.step = this.missing === 0 ? 'trailer' : 'chunk';
    return true;
  }

  private skipLineEnd(): boolean {
    if (this.rest.length < LINE_END.length) return false;
    this.rest = this.rest.subarray(LINE_END.length);
    return true;
  }

  private take(): void {
    const part = this.rest.subarray(0, this.missing);
    if (part.length === 0) return;
    this.body.push(part);
    this.missing -= part.length;
    this.rest = this.rest.subarray(part.length);
  }
}
