import { Injectable } from '@nestjs/common';
import { ConfigurationService } from '../config/configuration.service.js';
import { type AuditContext } from '../infrastructure/audit/audit-context.js';
import { ClockService } from '../infrastructure/clock/clock.service.js';
import { type BoundedAnswer, postBounded } from '../infrastructure/upstream/bounded-call.js';
import { readPing, textOfEvent, wantsOtherLimit } from './ping-answer.js';
import { pingFailure } from './ping-failure.js';
import { ProviderHistoryService } from './provider-history.service.js';
import { ProviderTargetsService, type StandIn, type Target } from './provider-targets.service.js';
import { tooManyTests } from './providers.errors.js';

/** What is tested; what is left out, or empty, is what the provider has. */
export interface ProviderTest extends StandIn {
  model: string;
  /** Ask for the answer in pieces. */
  stream?: boolean;
}

export interface ProviderTestResult {
  ok: boolean;
  latencyMs: number;
  /** Of HTTP; 0: there was no answer. */
  status: number;
  /** The first characters of the reply. */
  sample?: string;
  error?: string;
  /** Of a streamed reply, until its first piece of text. */
  firstTokenMs?: number;
  /** Of a streamed reply of at least two pieces: how many came in a second after the first. */
  tokensPerSecond?: number;
}

/** An endpoint of a model, as far as a test needs it. */
export interface TestedEndpoint {
  id: string;
  /** As it is shown. */
  url: string;
  /** What the paths of the API are added to. */
  baseUrl: string;
  /** Empty: none is sent. */
  apiKey: string;
  model: string;
  allowsPrivate: boolean;
}

interface Ping {
  target: Target;
  test: ProviderTest;
  timeoutMs: number;
  limitName: 'max_tokens' | 'max_completion_tokens';
}

const MOST_AT_ONCE = 16;
const MOST_ANSWER_TOKENS = 64;
const SAMPLE_CHARACTERS = 120;
const ERROR_CHARACTERS = 300;

/** Sends a tiny request to a provider, to see whether address, key and model work. */
@Injectable()
export class ProviderTestService {
  /** Of one test, from its first step to its last byte. */
  readonly limits = { timeoutMs: 30_000, mostBytes: 256 * 1024 };
  private underWay = 0;

  constructor(
    private readonly targets: ProviderTargetsService,
    private readonly history: ProviderHistoryService,
    private readonly configuration: ConfigurationService,
    private readonly clock: ClockService,
  ) {}

  /**
   * Tests a stored provider, or a `draft` one with all that is given. Whatever the backend does is a
   * result.
   * @throws AppError not_found, missing_field for a draft without address, overloaded
   */
  async run(audit: AuditContext, id: string, test: ProviderTest): Promise<ProviderTestResult> {
    const target = await this.targets.of(id, test);
    const result = await this.pingInTurn(target, test);
    await this.remember(audit, target, { test, result });
    return result;
  }

  /** Tests one endpoint of a model, as it is configured. @throws AppError overloaded */
  async runAt(
    audit: AuditContext,
    endpoint: TestedEndpoint,
    stream: boolean,
  ): Promise<ProviderTestResult> {
    const { baseUrl, apiKey, model, allowsPrivate } = endpoint;
    const target = { provider: null, baseUrl, apiKey, allowsPrivate };
    const result = await this.pingInTurn(target, { model, stream });
    const facts = { baseUrl, model, stream, ok: result.ok, status: result.status };
    await this.history.endpointTested(audit, { endpoint, facts });
    return result;
  }

  private async pingInTurn(target: Target, test: ProviderTest): Promise<ProviderTestResult> {
    if (this.underWay >= MOST_AT_ONCE) throw tooManyTests();
    this.underWay += 1;
    try {
      return presentable(await this.ping(target, test), target.apiKey);
    } finally {
      this.underWay -= 1;
    }
  }

  private async ping(target: Target, test: ProviderTest): Promise<ProviderTestResult> {
    const startedAtMs = this.clock.monotonicMs();
    const sinceStart = () => Math.round(this.clock.monotonicMs() - startedAtMs);
    const firstToken = watchForToken(sinceStart);
    const ask = (limitName: Ping['limitName']) => {
      const timeoutMs = Math.max(this.limits.timeoutMs - sinceStart(), 1);
      return this.post({ target, test, timeoutMs, limitName }, firstToken.observe);
    };
    try {
      const first = await ask('max_tokens');
      const answer = wantsOtherLimit(first) ? await ask('max_completion_tokens') : first;
      const read = readPing(answer, test.stream ?? false);
      const told = { ...read, latencyMs: sinceStart(), status: answer.status };
      return test.stream && read.ok ? { ...told, ...firstToken.pace() } : told;
    } catch (error) {
      return { ok: false, latencyMs: sinceStart(), ...pingFailure(error, this.limits) };
    }
  }

  private post(
    { target, test, timeoutMs, limitName }: Ping,
    onData: (chunk: Buffer) => void,
  ): Promise<BoundedAnswer> {
    const { baseUrl, apiKey, allowsPrivate } = target;
    const stream = test.stream ?? false;
    return postBounded({
      url: new URL(`${baseUrl}/chat/completions`),
      headers: {
        'content-type': 'application/json',
        accept: stream ? 'text/event-stream' : 'application/json',
        ...(apiKey === '' ? {} : { authorization: `Bearer ${apiKey}` }),
      },
      body: JSON.stringify({
        model: test.model,
        messages: [{ role: 'user', content: 'ping' }],
        stream,
        [limitName]: MOST_ANSWER_TOKENS,
      }),
      timeoutMs,
      mostBytes: this.limits.mostBytes,
      allowsPrivate: allowsPrivate ?? this.configuration.current.upstream.allowPrivate,
      onData,
    });
  }

  private async remember(
    audit: AuditContext,
    { provider, baseUrl }: Target,
    { test, result }: { test: ProviderTest; result: ProviderTestResult },
  ): Promise<void> {
    const { model, stream = false } = test;
    const { ok, status } = result;
    const isStoredKey = provider !== null && !test.apiKey;
    const facts = { baseUrl, model, stream, isStoredKey, ok, status };
    await this.history.tested(audit, { provider, facts });
  }
}

/** Notices when pieces of text of a stream have come, though they may be cut anywhere. */
function watchForToken(sinceStart: () => number) {
  let partial = '';
  let pieces = 0;
  let firstMs = 0;
  let lastMs = 0;
  const observe = (chunk: Buffer): void => {
    partial += chunk.toString('latin1');
    // A backend that sends byte by byte must not make this look at all of it for each of them.
    if (!chunk.includes('\n')) return;
    const lines = partial.split('\n');
    partial = lines.pop() ?? '';
    const data = lines.filter((line) => line.startsWith('data:'));
    const texts = data.filter((line) => textOfEvent(line.slice('data:'.length))).length;
    if (texts === 0) return;
    lastMs = sinceStart();
    if (pieces === 0) firstMs = lastMs;
    pieces += texts;
  };
  const pace = (): Pick<ProviderTestResult, 'firstTokenMs' | 'tokensPerSecond'> => {
    if (pieces === 0) return {};
    const seconds = (lastMs - firstMs) / 1000;
    if (seconds <= 0) return { firstTokenMs: firstMs };
    return { firstTokenMs: firstMs, tokensPerSecond: round((pieces - 1) / seconds) };
  };
  return { observe, pace };
}

const round = (value: number) => Math.round(value * 10) / 10;

/** A backend may say the key again; nobody shall read it there, nor a part of it where a text ends. */
function presentable(result: ProviderTestResult, apiKey: string): ProviderTestResult {
  const present = (text: string, most: number) => {
    const told = apiKey === '' ? text : text.replaceAll(apiKey, '[key]');
    return [...told.trim().slice(0, 2 * most)].slice(0, most).join('');
  };
  const { sample, error } = result;
  return {
    ...result,
    ...(sample === undefined ? {} : { sample: present(sample, SAMPLE_CHARACTERS) }),
    ...(error === undefined ? {} : { error: present(error, ERROR_CHARACTERS) }),
  };
}
