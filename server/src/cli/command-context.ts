import { NestFactory } from '@nestjs/core';
import { type INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AppModule } from '../app.module.js';
import { configurationPath, readConfigurationFile } from '../config/index.js';
import { databaseSettings } from '../database-settings.js';
import {
  dataSourceOptions,
  type DatabaseSettings,
} from '../infrastructure/database/database-settings.js';
import { openDataSource } from '../infrastructure/database/open-data-source.js';
import { prepareDatabase } from '../infrastructure/database/migrator.js';

/** What every command gets from whoever runs it. */
export interface CommandContext {
  environment: NodeJS.ProcessEnv;
  setExitCode: (code: number) => void;
}

/** Which database the configuration names. */
export function databaseOf({ environment }: CommandContext): DatabaseSettings {
  const { config } = readConfigurationFile(configurationPath(environment), environment);
  return databaseSettings(config);
}

/** Opens the configured database alone, runs `work`, closes it. */
export async function withDatabase<T>(
  context: CommandContext,
  work: (dataSource: DataSource) => Promise<T>,
): Promise<T> {
  const dataSource = await openDataSource(dataSourceOptions(databaseOf(context)));
  try {
    return await work(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

/** Puts the application together without its HTTP server, runs `work`, closes it. */
export async function withApplication<T>(
  { environment }: CommandContext,
  work: (app: INestApplicationContext) => Promise<T>,
): Promise<T> {
  const path = configurationPath(environment);
  const loaded = readConfigurationFile(path, environment);
  const app = await NestFactory.createApplicationContext(
    AppModule.forRoot({ configurationPath: path, loaded }),
    { logger: ['error', 'fatal'], abortOnError: false },
  );
  try {
    await prepareDatabase(app.get(DataSource));
    return await work(app);
  } finally {
    await app.close();
  }
}
