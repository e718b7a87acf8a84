import { Injectable } from '@nestjs/common';
import { ERROR_CODES } from '../infrastructure/errors/error-codes.js';
import { CatalogueService } from '../models/index.js';
import { type FinishedRequest, FinishedRequestsService } from '../proxy/index.js';
import { type RequestRecord } from '../usage/index.js';
import { Counter, Histogram, type MetricFamily } from './metric-family.js';
import { ModelLabels } from './model-labels.js';
import { OTHER } from './series.js';

const SECOND = 1_000;
const NANO = 1e9;

const DURATIONS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];
const FIRST_BYTES = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
/** Far beyond what is usual: an alert asks whether it is more than 0.1, which the last bound never is. */
const OVERHEADS = [
  ...[0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1],
  ...[0.25, 0.5, 1, 2.5, 5],
];

/** Counts requests to models as they end. */
@Injectable()
export class RequestMetricsService {
  private readonly models: ModelLabels;
  private readonly requests = new Counter(
    'lumen_requests_total',
    'Requests to models that are over.',
    ['operation', 'model', 'outcome', 'status_class', 'source'],
  );
  private readonly durations = new Histogram(
    'lumen_request_duration_seconds',
    'From the arrival of a request to the end of its answer.',
    { labels: ['operation', 'outcome'], bounds: DURATIONS },
  );
  private readonly firstBytes = new Histogram(
    'lumen_time_to_first_byte_seconds',
    'From the arrival of a request to the first byte of the answer of the backend.',
    { labels: ['model'], bounds: FIRST_BYTES },
  );
  private readonly tokens = new Counter(
    'lumen_tokens_total',
    'Tokens that were used. Cached ones are among the prompt, reasoning among the completion.',
    ['model', 'kind'],
  );
  private readonly cost = new Counter('lumen_cost_coins_total', 'What requests cost, in coins.', [
    'model',
  ]);
  private readonly overhead = new Histogram(
    'lumen_overhead_seconds',
    'Time in Lumen itself: from the arrival until a backend is asked, and for the settlement.',
    { labels: ['stage'], bounds: OVERHEADS },
  );
  private readonly failedAttempts = new Counter(
    'lumen_attempts_failed_total',
    'Calls to backends that failed, those included that were tried again elsewhere.',
    ['model', 'code'],
  );

  constructor(
    private readonly finished: FinishedRequestsService,
    private readonly catalogue: CatalogueService,
  ) {
    this.models = new ModelLabels((model) => this.isInCatalogue(model));
  }

  /** Counts from now on. */
  start(): readonly MetricFamily[] {
    this.finished.listen((request) => this.note(request));
    const { requests, durations, firstBytes, tokens, cost, overhead, failedAttempts } = this;
    return [requests, durations, firstBytes, tokens, cost, overhead, failedAttempts];
  }

  private note(request: FinishedRequest): void {
    const model = this.models.of(request.record.model);
    this.noteFailures(request, model);
    this.noteUse(request.record, model);
    this.noteOverhead(request);
    if (request.isAnswer) this.noteAnswer(request.record, request.closingMs, model);
  }

  private noteAnswer(record: RequestRecord, closingMs: number, model: string): void {
    const { operation, outcome, source, status, firstByteMs, durationMs } = record;
    this.requests.add(1, operation, model, outcome, statusClass(status), source);
    this.durations.observe((durationMs + closingMs) / SECOND, operation, outcome);
    if (firstByteMs !== null) this.firstBytes.observe(firstByteMs / SECOND, model);
  }

  /** Nothing of requests that were sent nowhere, and of what a backend was waited for. */
  private noteOverhead({ calls, isStandIn, isAnswer, closingMs }: FinishedRequest): void {
    const [first] = calls;
    if (!first) return;
    if (!isStandIn) this.overhead.observe((first.afterMs - first.waitedMs) / SECOND, 'request');
    if (isAnswer) this.overhead.observe(closingMs / SECOND, 'settlement');
  }

  private noteUse(record: RequestRecord, model: string): void {
    const { promptTokens, completionTokens, cachedTokens, reasoningTokens, cost } = record;
    if (promptTokens) this.tokens.add(promptTokens, model, 'prompt');
    if (completionTokens) this.tokens.add(completionTokens, model, 'completion');
    if (cachedTokens) this.tokens.add(cachedTokens, model, 'cached');
    if (reasoningTokens) this.tokens.add(reasoningTokens, model, 'reasoning');
    if (cost) this.cost.add(Number(cost) / NANO, model);
  }

  /** A call may fail within its answer, too, which nothing is tried after. */
  private noteFailures({ record, calls, failures }: FinishedRequest, model: string): void {
    for (const { code } of failures) this.failedAttempts.add(1, model, codeLabel(code));
    const isBroken = record.outcome === 'failed' && calls.length > failures.length;
    if (isBroken) this.failedAttempts.add(1, model, codeLabel(record.errorCode));
  }

  /** The last resort of `governance.fallback` is asked for by its name, too, and is not in the list. */
  private isInCatalogue(model: string): boolean {
    const { entries, fallback } = this.catalogue.current;
    return entries.has(model) || fallback?.id === model;
  }
}

function statusClass(status: number): string {
  return STATUS_CLASSES[Math.floor(status / 100)] ?? OTHER;
}

const STATUS_CLASSES: readonly string[] = ['', '1xx', '2xx', '3xx', '4xx', '5xx'];

function codeLabel(code: string | null): string {
  return code !== null && Object.hasOwn(ERROR_CODES, code) ? code : OTHER;
}
