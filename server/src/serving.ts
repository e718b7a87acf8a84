import cluster from 'node:cluster';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Logger } from 'pino';
import { DataSource } from 'typeorm';
import { type AppModuleOptions } from './app.module.js';
import { createApp } from './app.js';
import { ConfigurationService } from './config/configuration.service.js';
import { type Configuration } from './config/index.js';
import { prepareDatabase } from './infrastructure/database/migrator.js';
import { HealthChecksService } from './infrastructure/health/health-checks.service.js';
import { OpenConnections } from './infrastructure/http/open-connections.js';
import { HandedConnections } from './infrastructure/workers/handed-connections.js';
import { UpstreamClientService } from './proxy/index.js';
import { stopSignal, workerStop } from './stop-signal.js';

const SECOND = 1000;

/** Serves in this process until it is told to stop. Rejects when it cannot start. */
export async function serve(options: AppModuleOptions, logger: Logger): Promise<number> {
  // The first process may say it while this one still starts.
  const workerStops = cluster.isWorker ? workerStop() : null;
  const app = await createApp(options, logger);
  let connections: OpenConnections;
  try {
    const applied = await prepareDatabase(app.get(DataSource));
    if (applied.length > 0) logger.info({ applied }, 'the database was upgraded');
    connections = await listen(app, options.loaded.config, logger);
  } catch (error) {
    await app.close().catch(() => undefined);
    throw error;
  }
  await (workerStops ?? stopSignal());
  logger.info('stopping');
  await leave(app, connections);
  return 0;
}

/** At a port of its own, or as a worker at that of the first process. */
async function listen(
  app: NestFastifyApplication,
  { app: { host, port } }: Configuration,
  logger: Logger,
): Promise<OpenConnections> {
  const tell = (address: string) => logger.info({ address, pid: process.pid }, 'Lumen listens');
  const server = app.getHttpServer();
  if (cluster.isWorker) {
    const connections = new OpenConnections(server, () => handed.close());
    const handed = new HandedConnections(server, tell);
    return connections;
  }
  const connections = new OpenConnections(server);
  await app.listen(port, host);
  tell(await app.getUrl());
  return connections;
}

/** First nobody new comes, then what is under way ends, then the process. */
async function leave(app: NestFastifyApplication, connections: OpenConnections): Promise<void> {
  const { drainS, shutdownGraceS } = app.get(ConfigurationService).current.server;
  app.get(HealthChecksService).startDraining();
  const callOff = await connections.end({
    drainMs: drainS * SECOND,
    graceMs: shutdownGraceS * SECOND,
    answersEnd: (leftMs) => app.get(UpstreamClientService).drain(leftMs),
  });
  await app.close();
  callOff();
}
