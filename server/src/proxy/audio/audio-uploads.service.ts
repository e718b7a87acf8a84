import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { type FastifyRequest } from 'fastify';
import { ConfigurationService } from '../../config/configuration.service.js';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { principalOf } from '../../infrastructure/http/route-access.js';
import { AudioForm } from './audio-form.js';
import { audioLength } from './audio-length.js';
import { AudioMeter } from './audio-meter.js';
import { FORM_ROOM_BYTES, FormReader } from './form-reader.js';
import { TemporaryFile } from './temporary-file.js';
import { fileTooLarge, notAForm, tooManyUploads, tooSlow } from './upload-errors.js';

const FORM = /^multipart\/form-data\b/i;
const METER = new URL('./audio-length.worker.js', import.meta.url);
const METER_LIMITS = { timeLimitMs: 2_000, longestWaitMs: 3_000 };
/** Files that this process has on its disk at a time; of one caller no more than a quarter. */
const MOST_UPLOADS = 128;
const MOST_OF_CALLER = 32;
const LOOK_EVERY_MS = 10_000;
const LONGEST_SILENCE_MS = 60_000;

interface Incoming {
  readonly reader: FormReader;
  bytes: number;
  changedAtMs: number;
}

/** Takes files that callers send: to the disk as they come, never wholly in memory. */
@Injectable()
export class AudioUploadsService implements OnModuleDestroy {
  private readonly meter = new AudioMeter(METER, METER_LIMITS);
  private readonly incoming = new Set<Incoming>();
  private readonly uploadsOf = new Map<string, number>();
  private uploads = 0;
  private watch: NodeJS.Timeout | null = null;

  constructor(
    private readonly configuration: ConfigurationService,
    private readonly clock: ClockService,
  ) {}

  /**
   * Receives the form of a request and hands it to `work`; its file is there until that is over. What
   * nobody reads of a request is dropped as it comes, so that its sender gets to read the answer.
   * @throws AppError invalid_request, missing_field, body_too_large, overloaded, and what `work` throws
   */
  async withForm(request: FastifyRequest, work: (form: AudioForm) => Promise<void>): Promise<void> {
    const { ownerId } = principalOf(request);
    try {
      this.enter(ownerId);
    } catch (error) {
      request.raw.resume();
      throw error;
    }
    try {
      await this.withFile(request, work);
    } finally {
      this.leave(ownerId);
      request.raw.resume();
    }
  }

  async onModuleDestroy(): Promise<void> {
    if (this.watch) clearInterval(this.watch);
    await this.meter.close();
  }

  private async withFile(
    request: FastifyRequest,
    work: (form: AudioForm) => Promise<void>,
  ): Promise<void> {
    const contentType = request.headers['content-type'] ?? '';
    if (!FORM.test(contentType)) throw notAForm();
    const { uploadBytes } = this.configuration.current.limits;
    const told = Number(request.headers['content-length'] ?? 0);
    if (told > uploadBytes + FORM_ROOM_BYTES) throw fileTooLarge(uploadBytes);
    const file = await TemporaryFile.create();
    try {
      const reader = new FormReader(file, { fileBytes: uploadBytes });
      const parts = await this.watched(reader, () => reader.read(request.raw, contentType));
      const { descriptor, size } = file;
      const measured = await this.meter.measure({ descriptor, size });
      await work(new AudioForm(parts, audioLength(size, measured), file));
    } finally {
      await file.close();
    }
  }

  private enter(ownerId: string): void {
    const ofCaller = this.uploadsOf.get(ownerId) ?? 0;
    if (this.uploads >= MOST_UPLOADS || ofCaller >= MOST_OF_CALLER) throw tooManyUploads();
    this.uploads += 1;
    this.uploadsOf.set(ownerId, ofCaller + 1);
  }

  private leave(ownerId: string): void {
    this.uploads -= 1;
    const left = this.uploadsOf.get(ownerId)! - 1;
    if (left > 0) this.uploadsOf.set(ownerId, left);
    else this.uploadsOf.delete(ownerId);
  }

  private async watched<Result>(reader: FormReader, read: () => Promise<Result>): Promise<Result> {
    const incoming = { reader, bytes: 0, changedAtMs: this.clock.monotonicMs() };
    this.incoming.add(incoming);
    this.watch ??= setInterval(() => this.giveUpSilent(), LOOK_EVERY_MS).unref();
    try {
      return await read();
    } finally {
      this.incoming.delete(incoming);
    }
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
