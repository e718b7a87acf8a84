import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Logger } from 'pino';
import { AppModule, type AppModuleOptions } from './app.module.js';
import { ConfigurationService } from './config/configuration.service.js';
import { type Configuration } from './config/index.js';
import { answerClientErrors } from './infrastructure/http/client-errors.js';
import { answerFrameworkErrors } from './infrastructure/http/framework-errors.js';
import { parseBodies } from './infrastructure/http/body-parsers.js';
import { prepareRequests } from './infrastructure/http/request-hooks.js';
import { requestIdOf } from './infrastructure/http/request-id.js';
import { WebClientService } from './infrastructure/http/web-client.service.js';
import { NestLogger } from './infrastructure/logging/nest-logger.js';
import { logRequests } from './infrastructure/logging/request-line.js';
import { serveApiDocumentation } from './api-documentation.js';

const CLIENT_DIRECTORY = fileURLToPath(new URL('../../client/dist/browser', import.meta.url));
const HEADERS_TIMEOUT_MS = 30_000;
const KEEP_ALIVE_MS = 75_000;
const MEGABYTE = 1_000_000;

/** Builds the whole application, ready to listen or to be asked in process. */
export async function createApp(
  options: AppModuleOptions,
  logger: Logger,
): Promise<NestFastifyApplication> {
  const configuration = options.loaded.config;
  const nestLogger = new NestLogger(logger, configuration.log);
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot(options),
    new FastifyAdapter(serverOptions(configuration)),
    { bodyParser: false, logger: nestLogger, abortOnError: false },
  );
  const fastify = app.getHttpAdapter().getInstance();
  prepareRequests(fastify, {
    isSecure: !configuration.app.debug,
    headerCount: configuration.limits.headerCount,
  });
  const live = app.get(ConfigurationService);
  live.changes$.subscribe(({ current }) => nestLogger.follow(current.log));
  logRequests(fastify, logger, () => live.current.log.requests);
  parseBodies(fastify, { uploadBytes: () => largestUpload(live.current) });
  await app.get(WebClientService).serve(fastify, path.resolve(CLIENT_DIRECTORY));
  serveApiDocumentation(app);
  await app.init();
  await fastify.ready();
  return app;
}

/** Bytes of the largest file that is taken anywhere; each address has its own limit below that. */
function largestUpload({ limits, chat }: Configuration): number {
  return Math.max(limits.uploadBytes, chat.upload.maxSizeMb * MEGABYTE);
}

function serverOptions(configuration: Configuration) {
  const { limits, app } = configuration;
  return {
    logger: false,
    genReqId: requestIdOf,
    requestIdHeader: false,
    trustProxy: app.trustProxy as boolean | string[],
    bodyLimit: limits.bodyBytes,
    routerOptions: { maxParamLength: 1_000 },
    keepAliveTimeout: KEEP_ALIVE_MS,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    clientErrorHandler: answerClientErrors,
    frameworkErrors: answerFrameworkErrors,
    skipMiddie: true,
    http: {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: HEADERS_TIMEOUT_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
    },
  } as const;
}
