import { type DynamicModule, Module } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { ConfigurationFile } from './configuration-file.js';
import { ConfigurationService } from './configuration.service.js';
import { ENVIRONMENT_KEYS, type Environment, fileVariableOf } from './environment.js';
import { type LoadedConfiguration } from './load-configuration.js';
import { configurationPath, readConfigurationFile } from './read-configuration-file.js';

/** How often the file is looked at; the seeds promise five seconds. */
const WATCH_INTERVAL_MS = 5000;

export interface ConfigurationModuleOptions {
  /** The file; otherwise `CONFIG_YAML`, otherwise `./config.yaml`. */
  path?: string;
  /** 0: the file is only looked at by `lookNow()`. */
  watchIntervalMs?: number;
  /** What readConfigurationFile answered for the same file, to read it only once. */
  initial?: LoadedConfiguration;
}

/** Provides ConfigurationService everywhere. `.env` and the environment come by @nestjs/config. */
@Module({})
export class ConfigurationModule {
  static forRoot(options: ConfigurationModuleOptions = {}): DynamicModule {
    return {
      module: ConfigurationModule,
      global: true,
      imports: [ConfigModule.forRoot()],
      providers: [
        {
          provide: ConfigurationService,
          inject: [ConfigService],
          useFactory: (environment: ConfigService) =>
            createConfigurationService(readVariables(environment), options),
        },
      ],
      exports: [ConfigurationService],
    };
  }
}

/**
 * The environment with what `.env` adds to it, for what has to read the configuration before
 * there is an application. @nestjs/config puts `.env` into `process.env`; what is set there wins.
 */
export async function readEnvironment(): Promise<Environment> {
  await ConfigModule.forRoot();
  return process.env;
}

/** A service outside of an application; call `onModuleDestroy` when done if it watches. */
export function createConfigurationService(
  env: Environment,
  {
    path = configurationPath(env),
    watchIntervalMs = WATCH_INTERVAL_MS,
    initial,
  }: ConfigurationModuleOptions,
): ConfigurationService {
  const loaded = initial ?? readConfigurationFile(path, env);
  return new ConfigurationService(new ConfigurationFile(path, env, loaded), watchIntervalMs);
}

function readVariables(environment: ConfigService): Environment {
  const variables = ENVIRONMENT_KEYS.map(({ variable }) => variable);
  const names = ['CONFIG_YAML', ...variables, ...variables.map(fileVariableOf)];
  return Object.fromEntries(names.map((name) => [name, environment.get<string>(name)]));
}
