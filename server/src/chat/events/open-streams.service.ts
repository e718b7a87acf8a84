import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { type FastifyReply } from 'fastify';
import { ChangesService } from '../../infrastructure/changes/changes.service.js';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { type Principal } from '../../infrastructure/http/principal.js';
import { CHAT_PEOPLE, type ChatPeople } from '../sharing/chat-people.js';
import { EventStream } from './event-stream.js';

export type StreamKind = 'answer' | 'events';

const PING_EVERY_MS = 15_000;
/** Then the page opens it again, and shows with that that its session has not expired. */
const LONGEST_MS = 60 * 60_000;
const MOST_OF_ONE: Readonly<Record<StreamKind, number>> = { answer: 20, events: 10 };

interface OpenStream {
  readonly kind: StreamKind;
  readonly ownerId: string;
  readonly sessionId: string;
  readonly stream: EventStream;
  readonly openedMs: number;
}

/** All streams of events to pages of this process: bounded, kept alive, and closed with their session. */
@Injectable()
export class OpenStreamsService
  implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown
{
  private readonly open = new Set<OpenStream>();
  private timer: NodeJS.Timeout | undefined;
  private isStopping = false;

  constructor(
    private readonly clock: ClockService,
    @Inject(CHAT_PEOPLE) private readonly people: ChatPeople,
    changes: ChangesService,
  ) {
    changes.heard$.subscribe(({ kind, subject }) => {
      if (kind === 'session') this.closeOf(subject);
      else if (kind === 'owner') void this.closeIfGone(subject);
    });
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.look(), PING_EVERY_MS).unref();
  }

  /** Answers may still come to their end; pages that only listen would keep the process waiting. */
  onModuleDestroy(): void {
    this.isStopping = true;
    clearInterval(this.timer);
    for (const { kind, stream } of this.open) if (kind === 'events') stream.end();
  }

  /** What is left follows answers of other processes. */
  beforeApplicationShutdown(): void {
    for (const { stream } of this.open) stream.end();
  }

  /** @throws AppError rate_limit_exceeded, shutting_down */
  assertRoom({ ownerId }: Principal, kind: StreamKind): void {
    if (this.isStopping && kind === 'events') throw stopping();
    const own = [...this.open].filter((each) => each.kind === kind && each.ownerId === ownerId);
    if (own.length >= MOST_OF_ONE[kind]) throw tooMany(MOST_OF_ONE[kind]);
  }

  /** The answer to `reply` is a stream from now on. @throws AppError as `assertRoom` */
  begin(principal: Principal, kind: StreamKind, reply: FastifyReply): EventStream {
    this.assertRoom(principal, kind);
    const { ownerId, credentialId: sessionId } = principal;
    const stream = new EventStream(reply);
    const opened = { kind, ownerId, sessionId, stream, openedMs: this.clock.monotonicMs() };
    this.open.add(opened);
    stream.onClose(() => this.open.delete(opened));
    return stream;
  }

  /** Most changes of a person are others than their end. One who cannot be looked up is closed out. */
  private async closeIfGone(ownerId: string): Promise<void> {
    if (![...this.open].some((each) => each.ownerId === ownerId)) return;
    const name = await this.people.nameOf(ownerId).catch(() => null);
    if (name === null) this.closeOf(ownerId);
  }

  /** Whoever may still listen opens it again. */
  private closeOf(subject: string): void {
    for (const { sessionId, ownerId, stream } of this.open) {
      if (subject === sessionId || subject === ownerId) stream.end();
    }
  }

  private look(): void {
    const oldest = this.clock.monotonicMs() - LONGEST_MS;
    for (const { stream, openedMs } of this.open) {
      if (openedMs < oldest) stream.end();
      else stream.ping();
    }
  }
}

function tooMany(most: number): AppError {
  return new AppError(
    'rate_limit_exceeded',
    `You have ${most} such streams open, which is as many as can be. Close some pages of Lumen.`,
    { retryAfterS: 10, details: { limit: most } },
  );
}

const stopping = () =>
  new AppError('shutting_down', 'Lumen is restarting. Try again in a few seconds.', {
    retryAfterS: 2,
  });
