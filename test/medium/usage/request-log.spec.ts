import { describe, expect, it } from '@jest/globals';
import { newId } from '../../../server/src/infrastructure/crypto/identifiers.js';
import { RequestLog } from '../../../server/src/usage/request-log.entity.js';
import { RequestLogRepository } from '../../../server/src/usage/request-log.repository.js';
import { RequestLogService } from '../../../server/src/usage/request-log.service.js';
import { type RequestRecord } from '../../../server/src/usage/request-record.js';
import { TestApplication } from '../../support/lumen/application.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';

function record(overrides: Partial<RequestRecord> = {}): RequestRecord {
  return {
    id: newId(),
    requestId: 'request',
    startedAt: new Date('2026-11-21T10:00:00.123Z'),
    userId: newId(),
    clientId: null,
    apiKeyId: null,
    source: 'api',
    operation: 'chat/completions',
    model: "Robert'); DROP TABLE request_log;--",
    endpoint: 'http://backend/v1',
    isStream: true,
    status: 200,
    errorCode: null,
    outcome: 'completed',
    promptTokens: 3,
    completionTokens: 0,
    cachedTokens: null,
    reasoningTokens: null,
    firstByteMs: 12,
    durationMs: 3_000_000_000,
    ...overrides,
  };
}

describe.each(DIALECTS)('the request log on %s', (dialect) => {
  it('keeps what it is given', async () => {
    await using app = await TestApplication.start(dialect);
    const log = app.context.get(RequestLogService);
    const records = [
      record(),
      record({
        isStream: false,
        apiKeyId: newId(),
        errorCode: 'upstream_error',
        promptTokens: null,
      }),
    ];
    for (const each of records) log.append(each);
    await log.flush();
    const rows = await app.dataSource.getRepository(RequestLog).find({ order: { id: 'ASC' } });
    expect(rows.map((row) => ({ ...row }))).toEqual(records);
  });

  it('writes thousands in order, and each once', async () => {
    await using app = await TestApplication.start(dialect);
    const log = app.context.get(RequestLogService);
    const records = Array.from({ length: 2_500 }, () => record());
    for (const each of records) log.append(each);
    await log.flush();
    await app.context.get(RequestLogRepository).append(records.slice(0, 10));
    const rows = await app.dataSource.getRepository(RequestLog).find({ order: { id: 'ASC' } });
    expect(rows.map((row) => row.id)).toEqual(records.map(({ id }) => id));
  });

  it('keeps what it cannot write until it can', async () => {
    await using app = await TestApplication.start(dialect);
    const log = app.context.get(RequestLogService);
    await app.dataSource.query('ALTER TABLE request_log RENAME TO away');
    log.append(record());
    await log.flush();
    await app.dataSource.query('ALTER TABLE away RENAME TO request_log');
    log.append(record());
    await log.flush();
    expect(await app.dataSource.getRepository(RequestLog).count()).toBe(2);
  });
});
