import { type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { AppModule } from '../../../server/src/app.module.js';
import { loadConfiguration } from '../../../server/src/config/index.js';
import { upgradeDatabase } from '../../../server/src/infrastructure/database/migrator.js';
import { databaseToUpgrade, type FreshDatabase, freshDatabase } from '../databases.js';
import { configurationText, type Dialect, type LumenOptions } from './lumen-server.js';

/** Lumen's services on a fresh database, in this process and without its HTTP server. */
export class TestApplication implements AsyncDisposable {
  private constructor(
    readonly context: INestApplicationContext,
    private readonly database: FreshDatabase,
  ) {}

  static async start(
    dialect: Dialect,
    options: LumenOptions & { isEmpty?: boolean } = {},
  ): Promise<TestApplication> {
    const database = await (options.isEmpty ? freshDatabase : databaseToUpgrade)(dialect);
    const context = await openContext(configurationText(database.url, options));
    if (!options.isEmpty) await upgradeDatabase(context.get(DataSource));
    return new TestApplication(context, database);
  }

  /** Does something with Lumen as it is on the same database with another configuration. */
  async configuredAs<T>(
    text: string,
    work: (context: INestApplicationContext) => Promise<T>,
  ): Promise<T> {
    const context = await openContext(text);
    try {
      return await work(context);
    } finally {
      await context.close();
    }
  }

  get databaseUrl(): string {
    return this.database.url;
  }

  get dataSource(): DataSource {
    return this.context.get(DataSource);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.context.close();
    await this.database.drop();
  }
}

/** Lumen's services, on the database that is configured. Whoever opens it closes it. */
export function openContext(text: string): Promise<INestApplicationContext> {
  const loaded = loadConfiguration({ text, env: {} });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.errors));
  return NestFactory.createApplicationContext(
    AppModule.forRoot({ configurationPath: 'none.yaml', loaded, watchIntervalMs: 0 }),
    { logger: false, abortOnError: false },
  );
}
