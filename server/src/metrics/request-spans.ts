import { type FinishedSpan } from '../infrastructure/telemetry/finished-span.js';
import { type RequestTrace } from '../infrastructure/telemetry/request-trace.js';
import { type BackendCall, type FinishedRequest } from '../proxy/index.js';
import { type RequestRecord } from '../usage/index.js';

const NANO = 1e9;
const SERVER_ERROR = 500;
/** Callers may write anything there. */
const MOST_MODEL_LENGTH = 256;

/** `gen_ai.operation.name`, where OpenTelemetry has a word for it; else the operation's own name. */
const OPERATIONS: Readonly<Record<string, string>> = {
  'chat/completions': 'chat',
  responses: 'chat',
  messages: 'chat',
  completions: 'text_completion',
  embeddings: 'embeddings',
};

/** Only what a span says that is known. */
type Attributes = Record<string, string | number | boolean>;

interface TracedRequest extends FinishedRequest {
  readonly trace: RequestTrace;
}

/**
 * The spans of a request that is over: one for each call to a backend, and its own, unless another
 * model answered instead, whose spans have it. Who asked and what was said is in none of them.
 */
export function spansOf(request: FinishedRequest): FinishedSpan[] {
  const { trace, calls, isAnswer } = request;
  if (trace === null) return [];
  const traced = { ...request, trace };
  const spans = calls.map((call, index) => clientSpan(traced, call, index));
  return isAnswer ? [serverSpan(traced), ...spans] : spans;
}

function serverSpan({
  record,
  requestedModel,
  calls,
  closingMs,
  trace,
}: TracedRequest): FinishedSpan {
  const { operation, source, status, outcome, errorCode, durationMs } = record;
  const startMs = record.startedAt.getTime();
  const route = source === 'api' ? `/v1/${operation}` : `/chat/${operation}`;
  const isError = outcome === 'failed' || status >= SERVER_ERROR;
  return {
    name: `POST ${route}`,
    kind: 'server',
    traceId: trace.traceId,
    spanId: trace.spanId,
    parentSpanId: trace.parentSpanId,
    isParentRemote: true,
    startMs,
    endMs: startMs + durationMs + closingMs,
    attributes: {
      'http.request.method': 'POST',
      'http.route': route,
      'http.response.status_code': status,
      ...genAi(record, requestedModel, calls.at(-1)),
      ...(outcome === 'completed' ? { 'gen_ai.response.model': record.model } : {}),
      ...usage(record),
      ...lumen(record),
      ...errorType(errorCode),
    },
    error: isError ? (errorCode ?? outcome) : null,
  };
}

function clientSpan(request: TracedRequest, call: BackendCall, index: number): FinishedSpan {
  const { record, calls, failures, trace } = request;
  const { upstreamModel, origin } = call.endpoint;
  const isLast = index === calls.length - 1;
  const failed = failures[index] ?? null;
  const startMs = record.startedAt.getTime() + call.afterMs;
  const endMs = failed ? startMs + failed.ms : record.startedAt.getTime() + record.durationMs;
  const code = failed?.code ?? (isLast && record.outcome === 'failed' ? record.errorCode : null);
  return {
    name: `${operationName(record)} ${upstreamModel}`,
    kind: 'client',
    traceId: trace.traceId,
    spanId: call.spanId,
    parentSpanId: trace.spanId,
    isParentRemote: false,
    startMs,
    endMs: Math.max(startMs, endMs),
    attributes: {
      ...genAi(record, upstreamModel, call),
      ...serverOf(origin),
      ...(isLast ? answerOf(record, upstreamModel) : {}),
      ...(failed?.status ? { 'http.response.status_code': failed.status } : {}),
      'lumen.request_id': record.requestId,
      ...errorType(code),
    },
    error: code ?? null,
  };
}

function answerOf(record: RequestRecord, upstreamModel: string): Attributes {
  if (record.outcome !== 'completed') return usage(record);
  return { 'gen_ai.response.model': upstreamModel, ...usage(record) };
}

/** `gen_ai.system` is what `gen_ai.provider.name` was called; tools know one or the other. */
function genAi(record: RequestRecord, model: string, call: BackendCall | undefined): Attributes {
  const provider = providerOf(record, call);
  return {
    'gen_ai.operation.name': operationName(record),
    'gen_ai.provider.name': provider,
    'gen_ai.system': provider,
    ...(model === '' ? {} : { 'gen_ai.request.model': model.slice(0, MOST_MODEL_LENGTH) }),
  };
}

/** Whose API the backend is spoken to in, whoever made the backend. */
function providerOf({ operation }: RequestRecord, call: BackendCall | undefined): string {
  const isNative = operation === 'messages' && call?.endpoint.nativeApis.includes('messages');
  return isNative ? 'anthropic' : 'openai';
}

function usage({ promptTokens, completionTokens }: RequestRecord): Attributes {
  return {
    ...(promptTokens === null ? {} : { 'gen_ai.usage.input_tokens': promptTokens }),
    ...(completionTokens === null ? {} : { 'gen_ai.usage.output_tokens': completionTokens }),
  };
}

function lumen({ requestId, source, outcome, isStream, firstByteMs, cost }: RequestRecord) {
  return {
    'lumen.request_id': requestId,
    'lumen.source': source,
    'lumen.outcome': outcome,
    'lumen.stream': isStream,
    ...(firstByteMs === null ? {} : { 'lumen.time_to_first_byte_ms': firstByteMs }),
    ...(cost === null ? {} : { 'lumen.cost_coins': Number(cost) / NANO }),
  };
}

function serverOf(origin: string): Attributes {
  const { hostname, port, protocol } = new URL(origin);
  const usual = protocol === 'https:' ? 443 : 80;
  return { 'server.address': hostname, 'server.port': port === '' ? usual : Number(port) };
}

function errorType(code: string | null | undefined): Attributes {
  return code ? { 'error.type': code } : {};
}

function operationName({ operation }: RequestRecord): string {
  return OPERATIONS[operation] ?? operation;
}
