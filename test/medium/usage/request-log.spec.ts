import { describe, expect, it } from '@jest/globals';
import { newId } from '../../../server/src/infrastructure/crypto/identifiers.js';
import { RequestLog } from '../../../server/src/usage/log/request-log.entity.js';
import { RequestLogRepository } from '../../../server/src/usage/log/request-log.repository.js';
import { RequestLogService } from '../../../server/src/usage/log/request-log.service.js';
import { TestApplication } from '../../support/lumen/application.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';
import { requestRecord as record } from '../../support/usage/records.js';

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

  it('is not held up by text that a database cannot keep', async () => {
    await using app = await TestApplication.start(dialect);
    const log = app.context.get(RequestLogService);
    for (const model of ['a\0b', '\ud800', 'm']) log.append(record({ model }));
    await log.flush();
    const rows = await app.dataSource.getRepository(RequestLog).find({ order: { id: 'ASC' } });
    expect(rows.map(({ model }) => model)).toEqual(['a\uFFFDb', '\uFFFD', 'm']);
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
