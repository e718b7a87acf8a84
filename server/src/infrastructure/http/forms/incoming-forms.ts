import { type FastifyRequest } from 'fastify';
import { type ClockService } from '../../clock/clock.service.js';
import { type AppError } from '../../errors/app-error.js';
import { notAForm, tooSlow } from './form-errors.js';
import { type FormPart } from './form-part.js';
import {
  FORM_ROOM_BYTES,
  FormReader,
  type FormTarget,
  type FormTerms,
  tooLarge,
} from './form-reader.js';

const FORM = /^multipart\/form-data\b/i;
const LOOK_EVERY_MS = 10_000;
const LONGEST_SILENCE_MS = 60_000;

/** How many forms are taken at a time, in all and of one caller. */
export interface FormPlaces {
  readonly most: number;
  readonly mostOfCaller: number;
  /** What to say to whoever finds no place. */
  readonly refusal: () => AppError;
}

interface Incoming {
  readonly reader: FormReader;
  bytes: number;
  changedAtMs: number;
}

/** Takes forms with a file that callers send: so many at a time, and none that stands still. */
export class IncomingForms {
  private readonly incoming = new Set<Incoming>();
  private readonly formsOf = new Map<string, number>();
  private forms = 0;
  private watch: NodeJS.Timeout | null = null;

  constructor(
    private readonly clock: ClockService,
    private readonly places: FormPlaces,
  ) {}

  /**
   * Does the work of a request with a form, if there is a place for it. What nobody reads of the
   * request is dropped as it comes, so that its sender gets to read the answer.
   * @throws AppError the refusal of the places, and what `work` throws
   */
  async withPlace<Result>(
    request: FastifyRequest,
    callerId: string,
    work: () => Promise<Result>,
  ): Promise<Result> {
    try {
      this.enter(callerId);
    } catch (error) {
      request.raw.resume();
      throw error;
    }
    try {
      return await work();
    } finally {
      this.leave(callerId);
      request.raw.resume();
    }
  }

  /**
   * Refuses what is no form, and what says itself that it is too large, before any of it is read.
   * @throws AppError unsupported_media_type, body_too_large
   */
  check({ headers }: FastifyRequest, terms: FormTerms): void {
    if (!FORM.test(headers['content-type'] ?? '')) throw notAForm();
    const told = Number(headers['content-length'] ?? 0);
    if (told > terms.fileBytes + FORM_ROOM_BYTES) throw tooLarge(terms);
  }

  /**
   * Reads the form of a request, its file into `target`; answers the parts in the order they came.
   * @throws AppError invalid_request, missing_field, body_too_large, overloaded
   */
  async read(
    request: FastifyRequest,
    target: FormTarget,
    terms: FormTerms,
  ): Promise<readonly FormPart[]> {
    const reader = new FormReader(target, terms);
    const incoming = { reader, bytes: 0, changedAtMs: this.clock.monotonicMs() };
    this.incoming.add(incoming);
    this.watch ??= setInterval(() => this.giveUpSilent(), LOOK_EVERY_MS).unref();
    try {
      return await reader.read(request.raw, request.headers['content-type'] ?? '');
    } finally {
      this.incoming.delete(incoming);
    }
  }

  close(): void {
    if (this.watch) clearInterval(this.watch);
    this.watch = null;
  }

  private enter(callerId: string): void {
    const ofCaller = this.formsOf.get(callerId) ?? 0;
    const { most, mostOfCaller, refusal } = this.places;
    if (this.forms >= most || ofCaller >= mostOfCaller) throw refusal();
    this.forms += 1;
    this.formsOf.set(callerId, ofCaller + 1);
  }

  private leave(callerId: string): void {
    this.forms -= 1;
    const left = this.formsOf.get(callerId)! - 1;
    if (left > 0) this.formsOf.set(callerId, left);
    else this.formsOf.delete(callerId);
  }

  /** One look at all of them, instead of a timer for each. */
  private giveUpSilent(): void {
    const nowMs = this.clock.monotonicMs();
    for (const incoming of this.incoming) {
      const { receivedBytes } = incoming.reader;
      if (receivedBytes > incoming.bytes) {
        incoming.bytes = receivedBytes;
        incoming.changedAtMs = nowMs;
      } else if (nowMs - incoming.changedAtMs > LONGEST_SILENCE_MS) {
        incoming.reader.giveUp(tooSlow());
      }
    }
  }
}
