import { type DataSource } from 'typeorm';
import { Hold } from '../../../server/src/budgets/holds/hold.entity.js';
import {
  LedgerEntry,
  type LedgerEntryKind,
} from '../../../server/src/budgets/ledger/ledger-entry.entity.js';
import { Pool } from '../../../server/src/budgets/pools/pool.entity.js';
import { newId } from '../../../server/src/infrastructure/crypto/identifiers.js';
import { RequestLog } from '../../../server/src/usage/log/request-log.entity.js';

const AT = new Date('2026-11-21T10:00:00.000Z');

/** Writes rows of pools, holds, the ledger and the request log by hand: books that add up, or not. */
export class LedgerRows {
  constructor(private readonly dataSource: DataSource) {}

  async pool(ownerId: string, values: Partial<Pool> = {}): Promise<Pool> {
    const pool = this.dataSource.getRepository(Pool).create({
      id: newId(),
      ownerKind: 'user',
      ownerId,
      unit: 'coins',
      scope: '',
      balance: 0n,
      held: 0n,
      max: 0n,
      refresh: 0n,
      policyVersion: '',
      refreshedAt: AT,
      createdAt: AT,
      ...values,
    });
    await this.dataSource.manager.insert(Pool, pool);
    return pool;
  }

  async entry(
    poolId: string,
    kind: LedgerEntryKind,
    amount: bigint,
    requestLogId: string | null = null,
  ): Promise<void> {
    const nothing = { actorId: null, reason: null };
    const entry = { id: newId(), poolId, at: AT, kind, amount, requestLogId, ...nothing };
    await this.dataSource.manager.insert(LedgerEntry, entry);
  }

  async hold(values: Partial<Hold> = {}): Promise<Hold> {
    const hold = {
      id: newId(),
      replicaId: newId(),
      openedAt: AT,
      coinPoolId: null,
      coins: 0n,
      tokenPoolId: null,
      tokens: 0n,
      checkpoint: '{}',
      ...values,
    };
    await this.dataSource.manager.insert(Hold, hold);
    return hold;
  }

  async request(values: Partial<RequestLog> = {}): Promise<string> {
    const record = {
      id: newId(),
      requestId: 'request',
      startedAt: AT,
      userId: null,
      clientId: null,
      apiKeyId: null,
      source: 'api',
      operation: 'chat/completions',
      model: 'm',
      endpoint: null,
      isStream: false,
      status: 200,
      errorCode: null,
      outcome: 'completed',
      promptTokens: null,
      completionTokens: null,
      cachedTokens: null,
      reasoningTokens: null,
      firstByteMs: null,
      durationMs: 1,
      cost: null,
      accuracy: 'exact',
      coinPoolId: null,
      coinsHeld: null,
      tokenPoolId: null,
      tokensHeld: null,
      ...values,
    } as const;
    await this.dataSource.manager.insert(RequestLog, record);
    return record.id;
  }

  async clear(): Promise<void> {
    for (const entity of [Hold, LedgerEntry, Pool, RequestLog]) {
      await this.dataSource.manager.deleteAll(entity);
    }
  }
}
