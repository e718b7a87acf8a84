import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { type FastifyRequest } from 'fastify';
import { ConfigurationService } from '../../config/configuration.service.js';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { IncomingForms } from '../../infrastructure/http/forms/incoming-forms.js';
import { TemporaryFile } from '../../infrastructure/http/forms/temporary-file.js';
import { principalOf } from '../../infrastructure/http/route-access.js';
import { AudioForm } from './audio-form.js';
import { audioLength } from './audio-length.js';
import { AudioMeter } from './audio-meter.js';

const METER = new URL('./audio-length.worker.js', import.meta.url);
const METER_LIMITS = { timeLimitMs: 2_000, longestWaitMs: 3_000 };
/** Files that this process has on its disk at a time; of one caller no more than a quarter. */
const PLACES = { most: 128, mostOfCaller: 32, refusal: tooManyUploads };

/** Takes files that callers send: to the disk as they come, never wholly in memory. */
@Injectable()
export class AudioUploadsService implements OnModuleDestroy {
  private readonly meter = new AudioMeter(METER, METER_LIMITS);
  private readonly forms: IncomingForms;

  constructor(
    private readonly configuration: ConfigurationService,
    clock: ClockService,
  ) {
    this.forms = new IncomingForms(clock, PLACES);
  }

  /**
   * Receives the form of a request and hands it to `work`; its file is there until that is over. What
   * nobody reads of a request is dropped as it comes, so that its sender gets to read the answer.
   * @throws AppError invalid_request, missing_field, body_too_large, overloaded, and what `work` throws
   */
  withForm(request: FastifyRequest, work: (form: AudioForm) => Promise<void>): Promise<void> {
    const { ownerId } = principalOf(request);
    return this.forms.withPlace(request, ownerId, () => this.withFile(request, work));
  }

  async onModuleDestroy(): Promise<void> {
    this.forms.close();
    await this.meter.close();
  }

  private async withFile(
    request: FastifyRequest,
    work: (form: AudioForm) => Promise<void>,
  ): Promise<void> {
    const { uploadBytes } = this.configuration.current.limits;
    const terms = { fileBytes: uploadBytes, unnamed: 'audio' };
    this.forms.check(request, terms);
    const file = await TemporaryFile.create();
    try {
      const parts = await this.forms.read(request, file, terms);
      const { descriptor, size } = file;
      const measured = await this.meter.measure({ descriptor, size });
      await work(new AudioForm(parts, audioLength(size, measured), file));
    } finally {
      await file.close();
    }
  }
}

function tooManyUploads(): AppError {
  return new AppError(
    'overloaded',
    'Too many files are being transcribed at the moment. Try again in a few seconds.',
    { retryAfterS: 5 },
  );
}
