import { Injectable } from '@nestjs/common';
import { ClockService } from '../infrastructure/clock/clock.service.js';
import { type OwnerKind } from '../infrastructure/http/principal.js';
import { RollupRepository } from './rollups/rollup.repository.js';
import { DAY_MS } from './rollups/rollup-tables.js';

/** What was done with one API key since it was made. */
export interface KeyCounters {
  keyId: string;
  requests: number;
  promptTokens: number;
  completionTokens: number;
}

export interface KeysOfOwner {
  ownerKind: OwnerKind;
  ownerId: string;
  keyIds: readonly string[];
}

/** What API keys were used for, from the rollups: what retention took from the log counts too. */
@Injectable()
export class KeyCountersService {
  constructor(
    private readonly rollups: RollupRepository,
    private readonly clock: ClockService,
  ) {}

  /** The counters of some keys of one owner; a key that was never used has none. */
  async of({ ownerKind, ownerId, keyIds }: KeysOfOwner): Promise<KeyCounters[]> {
    const from = keyIds.length === 0 ? null : await this.rollups.firstDay();
    if (from === null) return [];
    const nowMs = this.clock.nowMs();
    const range = { from, to: nowMs - (nowMs % DAY_MS) + DAY_MS };
    const found = await this.rollups.by('api_key', range, { ownerKind, ownerIds: [ownerId] });
    return keyIds.flatMap((keyId) => {
      const sums = found.get(keyId);
      if (!sums) return [];
      const { requests, promptTokens, completionTokens } = sums;
      return [{ keyId, requests, promptTokens, completionTokens }];
    });
  }
}
