import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { RequestLog } from './request-log.entity.js';

/** What was done with one API key since it was made. */
export interface KeyCounters {
  keyId: string;
  requests: number;
  promptTokens: number;
  completionTokens: number;
}

export interface KeysOfOwner {
  ownerKind: 'user' | 'client';
  ownerId: string;
  keyIds: readonly string[];
}

/** What API keys were used for, from the request log. */
@Injectable()
export class KeyCountersService {
  constructor(@InjectRepository(RequestLog) private readonly log: Repository<RequestLog>) {}

  /** The counters of some keys of one owner, in one query; a key that was never used has none. */
  async of({ ownerKind, ownerId, keyIds }: KeysOfOwner): Promise<KeyCounters[]> {
    if (keyIds.length === 0) return [];
    const owner = ownerKind === 'user' ? 'log.userId' : 'log.clientId';
    const rows = await this.log
      .createQueryBuilder('log')
      .select('log.apiKeyId', 'keyId')
      .addSelect('COUNT(*)', 'requests')
      .addSelect('COALESCE(SUM(log.promptTokens), 0)', 'promptTokens')
      .addSelect('COALESCE(SUM(log.completionTokens), 0)', 'completionTokens')
      .where(`${owner} = :ownerId`, { ownerId })
      .andWhere('log.apiKeyId IN (:...keyIds)', { keyIds })
      .groupBy('log.apiKeyId')
      .getRawMany<Record<keyof KeyCounters, string | number>>();
    return rows.map((row) => ({
      keyId: String(row.keyId),
      requests: Number(row.requests),
      promptTokens: Number(row.promptTokens),
      completionTokens: Number(row.completionTokens),
    }));
  }
}
