import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A span as a collector understands it. */
export interface CollectedSpan {
  service: unknown;
  traceId: string;
  spanId: string;
  /** Empty: it is the first of its trace. */
  parentSpanId: string;
  name: string;
  kind: 'server' | 'client' | 'other';
  startMs: number;
  endMs: number;
  attributes: Record<string, unknown>;
  isError: boolean;
}

/** A collector of OpenTelemetry on a free port of 127.0.0.1, which reads OTLP's bytes by itself. */
export class OtlpCollector implements AsyncDisposable {
  readonly spans: CollectedSpan[] = [];
  /** What came, byte by byte. */
  readonly bodies: Buffer[] = [];
  readonly paths = new Set<string>();
  readonly keys = new Set<string | undefined>();
  /** What it answers; null: never anything. */
  status: number | null = 200;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<OtlpCollector> {
    const server = createServer();
    const collector = new OtlpCollector(server);
    server.on('request', (request, response) => void collector.handle(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return collector;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The spans of one trace, as they began. */
  ofTrace(traceId: string): CollectedSpan[] {
    return this.spans
      .filter((span) => span.traceId === traceId)
      .sort((a, b) => a.startMs - b.startMs);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    this.paths.add(request.url ?? '');
    this.keys.add(request.headers.authorization);
    this.bodies.push(body);
    this.spans.push(...spansIn(body));
    if (this.status !== null) response.writeHead(this.status).end();
  }
}

type Field = [number: number, value: bigint | Buffer];

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;

/** The fields of a message in the wire format of protocol buffers. */
function fieldsOf(message: Buffer): Field[] {
  const fields: Field[] = [];
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = message[at++]!;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const fixed = (length: number): Buffer => message.subarray(at, (at += length));
  while (at < message.length) {
    const tag = Number(varint());
    const wire = tag & 7;
    const number = tag >> 3;
    if (wire === VARINT) fields.push([number, varint()]);
    else if (wire === FIXED64) fields.push([number, fixed(8)]);
    else if (wire === BYTES) fields.push([number, fixed(Number(varint()))]);
    else fields.push([number, fixed(4)]);
  }
  return fields;
}

const all = (message: Buffer, number: number): Buffer[] =>
  fieldsOf(message).flatMap(([each, value]) =>
    each === number && Buffer.isBuffer(value) ? [value] : [],
  );
const one = (message: Buffer, number: number): Buffer => all(message, number)[0] ?? Buffer.alloc(0);
const int = (message: Buffer, number: number): bigint | undefined =>
  fieldsOf(message).find(([each]) => each === number)?.[1] as bigint | undefined;

/** By the fields of `ExportTraceServiceRequest` and what is below it. */
function spansIn(request: Buffer): CollectedSpan[] {
  return all(request, 1).flatMap((resourceSpans) => {
    const { 'service.name': service } = attributesOf(all(one(resourceSpans, 1), 1));
    const scopes = all(resourceSpans, 2);
    return scopes.flatMap((scope) => all(scope, 2).map((span) => spanOf(span, service)));
  });
}

const KINDS = { 2: 'server', 3: 'client' } as const;
const STATUS_ERROR = 2n;

function spanOf(span: Buffer, service: unknown): CollectedSpan {
  const timeOf = (number: number) => Number(one(span, number).readBigUInt64LE()) / 1e6;
  return {
    service,
    traceId: one(span, 1).toString('hex'),
    spanId: one(span, 2).toString('hex'),
    parentSpanId: one(span, 4).toString('hex'),
    name: one(span, 5).toString(),
    kind: KINDS[Number(int(span, 6)) as keyof typeof KINDS] ?? 'other',
    startMs: timeOf(7),
    endMs: timeOf(8),
    attributes: attributesOf(all(span, 9)),
    isError: int(one(span, 15), 3) === STATUS_ERROR,
  };
}

function attributesOf(pairs: readonly Buffer[]): Record<string, unknown> {
  return Object.fromEntries(pairs.map((pair) => [one(pair, 1).toString(), anyOf(one(pair, 2))]));
}

function anyOf(value: Buffer): unknown {
  const [number, content] = fieldsOf(value)[0] ?? [0, 0n];
  if (number === 1) return (content as Buffer).toString();
  if (number === 2) return content === 1n;
  if (number === 3) return Number(content);
  if (number === 4) return (content as Buffer).readDoubleLE();
  return undefined;
}
