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
    const loaded = loadConfiguration({ text: configurationText(database.url, options), env: {} });
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.errors));
    const context = await NestFactory.createApplicationContext(
      AppModule.forRoot({ configurationPath: 'none.yaml', loaded, watchIntervalMs: 0 }),
      { logger: false, abortOnError: false },
    );
    if (!options.isEmpty) await upgradeDatabase(context.get(DataSource));
    return new TestApplication(context, database);
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
