import { describe, expect, it } from '@jest/globals';
import { newId } from '../../../server/src/infrastructure/crypto/identifiers.js';
import { UsersService } from '../../../server/src/users/users.service.js';
import { User } from '../../../server/src/users/user.entity.js';
import { TestApplication } from '../../support/lumen/application.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';

/** A person as a transaction would insert one. */
const person = (email: string) => ({
  id: newId(),
  email,
  name: email,
  isActive: true,
  createdAt: new Date(),
});

describe.each(DIALECTS)('a transaction on %s', (dialect) => {
  it('that fails undoes its own statements and nobody else’s', async () => {
    await using app = await TestApplication.start(dialect);
    const users = app.context.get(UsersService);
    const halfWay = Promise.withResolvers<void>();
    const failing = app.dataSource.transaction(async (manager) => {
      await manager.insert(User, person('undone@example.edu'));
      halfWay.resolve();
      await manager.query('SELECT 1');
      throw new Error('undo me');
    });
    await halfWay.promise;
    const beside = users.ensure('beside@example.edu');
    await expect(failing).rejects.toThrow('undo me');
    await beside;
    const emails = (await app.dataSource.getRepository(User).find()).map(({ email }) => email);
    expect(emails).toEqual(['beside@example.edu']);
  });

  it('does not mix with others that run at the same time', async () => {
    await using app = await TestApplication.start(dialect);
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        app.dataSource.transaction(async (manager) => {
          await manager.insert(User, person(`a${index}@example.edu`));
          await manager.query('SELECT 1');
          if (index % 2 === 0) throw new Error('every other one fails');
          await manager.insert(User, person(`b${index}@example.edu`));
        }),
      ),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    expect(await app.dataSource.getRepository(User).count()).toBe(20);
  });

  it('can be nested', async () => {
    await using app = await TestApplication.start(dialect);
    await app.dataSource.transaction(async (outer) => {
      await outer.insert(User, person('outer@example.edu'));
      const inner = outer.transaction(async (manager) => {
        await manager.insert(User, person('inner@example.edu'));
        throw new Error('inner');
      });
      await expect(inner).rejects.toThrow('inner');
    });
    expect(await app.dataSource.getRepository(User).count()).toBe(1);
  });
});
