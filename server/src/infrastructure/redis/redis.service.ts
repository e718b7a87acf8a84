import { createHash } from 'node:crypto';
import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { createClient } from '@redis/client';

export const REDIS_URL = Symbol('redis-url');

/** An address with a password in it, which only `reveal` shows. */
export interface RedisUrl {
  reveal(): string;
}

export interface RedisScript {
  readonly text: string;
  readonly sha: string;
}

export type RedisStatus = 'ok' | 'degraded' | 'not_configured';

const CONNECT_MS = 2_000;
const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 10_000;
/** Calls under way; beyond it Redis counts as too slow for us. */
const MOST_CALLS = 10_000;

export function redisScript(text: string): RedisScript {
  return { text, sha: createHash('sha1').update(text).digest('hex') };
}

/**
 * Redis, while it is there. Nobody waits for it longer than 50 ms and nothing queues up: a call that
 * fails or takes longer answers null, and until Redis is back `isReady` is false and callers do
 * without. It is tried again with growing pauses, of ten seconds at most.
 */
@Injectable()
export class RedisService implements OnModuleInit, OnApplicationShutdown {
  /** Longer than this no request waits for Redis. */
  callMs = 50;
  private client: Client | null = null;
  private ready = false;
  private isStopped = false;
  private isSaid = false;
  private answeredMs = 0;
  private retryMs = FIRST_RETRY_MS;
  private retry: NodeJS.Timeout | undefined;
  private readonly logger = new Logger(RedisService.name);

  constructor(@Inject(REDIS_URL) private readonly url: RedisUrl | null) {}

  get isReady(): boolean {
    return this.ready;
  }

  get isConfigured(): boolean {
    return this.url !== null;
  }

  /** Asks Redis now, for people who look; a call under way says no more than `isReady`. */
  async status(): Promise<RedisStatus> {
    if (this.url === null) return 'not_configured';
    const client = this.client;
    if (!this.ready || !client) return 'degraded';
    return (await this.answerOf(client, ['PING'])) === null ? 'degraded' : 'ok';
  }

  /** Waits for the first connection or its failure, so that the first requests are counted alike. */
  async onModuleInit(): Promise<void> {
    if (this.url !== null) await this.connect();
  }

  onApplicationShutdown(): void {
    this.isStopped = true;
    clearTimeout(this.retry);
    this.drop();
  }

  /** Runs a script by one call; null when Redis did not answer in time. */
  async run(script: RedisScript, keys: string[], args: string[]): Promise<unknown> {
    const client = this.client;
    if (!this.ready || !client) return null;
    const rest = [String(keys.length), ...keys, ...args];
    const answer = await this.answerOf(client, ['EVALSHA', script.sha, ...rest]);
    if (!(answer instanceof Error)) return answer;
    if (!answer.message.startsWith('NOSCRIPT')) return this.lose(client, answer);
    const again = await this.answerOf(client, ['EVAL', script.text, ...rest]);
    return again instanceof Error ? this.lose(client, again) : again;
  }

  /** What Redis answers, be it an error; null, and Redis is taken for lost, when it is not there. */
  private async answerOf(client: Client, command: string[]): Promise<unknown> {
    const answer = await within(this.callMs, client.sendCommand(command));
    const nowMs = performance.now();
    // Slow for one call, but not silent: the others need not do without.
    if (answer instanceof TooLate && nowMs - this.answeredMs < this.callMs) return null;
    if (isLoss(answer)) return this.lose(client, answer);
    this.answeredMs = nowMs;
    return answer;
  }

  private async connect(): Promise<void> {
    const client = newClient(this.url!.reveal());
    this.client = client;
    client.on('error', (error: unknown) => this.lose(client, error));
    const connected = await within(CONNECT_MS, client.connect());
    if (connected instanceof Error) {
      this.lose(client, connected);
      return;
    }
    if (this.client !== client) return;
    this.ready = true;
    this.retryMs = FIRST_RETRY_MS;
    if (this.isSaid) this.logger.log('Redis is back; replicas count requests together again.');
    this.isSaid = false;
  }

  /** Said once until Redis is back; a later loss of a connection that was given up says nothing. */
  private lose(client: Client, error: unknown): null {
    if (client !== this.client || this.isStopped) return null;
    this.drop();
    if (!this.isSaid) {
      this.logger.warn(
        `Redis is not there (${reasonOf(error)}); until it is back, this process counts requests for itself.`,
      );
    }
    this.isSaid = true;
    this.retry = setTimeout(() => void this.connect(), this.retryMs);
    this.retry.unref();
    this.retryMs = Math.min(this.retryMs * 2, LONGEST_RETRY_MS);
    return null;
  }

  private drop(): void {
    const client = this.client;
    this.client = null;
    this.ready = false;
    if (client?.isOpen) client.destroy();
  }
}

class TooLate extends Error {}

type Client = ReturnType<typeof newClient>;

function newClient(url: string) {
  return createClient({
    url,
    RESP: 2,
    disableOfflineQueue: true,
    commandsQueueMaxLength: MOST_CALLS,
    socket: { connectTimeout: CONNECT_MS, reconnectStrategy: false },
  });
}

/** An answer of Redis such as NOSCRIPT is for the caller; everything else means that it is lost. */
function isLoss(answer: unknown): answer is Error {
  return answer instanceof Error && !answer.message.startsWith('NOSCRIPT');
}

/**
 * What comes of `promise`, be it an error, or an error when that takes too long. What came while this
 * process was busy is read first: a late look at the clock is not a late answer.
 */
async function within(ms: number, promise: Promise<unknown>): Promise<unknown> {
  const deadline = Promise.withResolvers<Error>();
  const giveUp = () => deadline.resolve(new TooLate(`no answer in ${ms} ms`));
  const timer = setTimeout(() => setImmediate(giveUp), ms);
  const outcome: unknown = await Promise.race([promise.catch(asError), deadline.promise]);
  clearTimeout(timer);
  return outcome;
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** A code or the first words; addresses and passwords stand in neither. */
function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code === 'string') return code;
  return String(message).split(/[\n:]/)[0]!.slice(0, 80);
}
