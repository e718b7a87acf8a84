import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { ChangesService } from './changes.service.js';

const EVERY_MS = 10 * 60_000;

/** Clears away what every replica has heard. Several may do it at once: deleting twice harms nothing. */
@Injectable()
export class OldChanges {
  private readonly logger = new Logger(OldChanges.name);

  constructor(private readonly changes: ChangesService) {}

  @Interval(EVERY_MS)
  async remove(): Promise<void> {
    try {
      await this.changes.removeOld();
    } catch (error) {
      this.logger.warn(`Old changes were not removed, next try in ten minutes: ${String(error)}`);
    }
  }
}
