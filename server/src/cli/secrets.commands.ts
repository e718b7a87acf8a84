import { type INestApplicationContext } from '@nestjs/common';
import { type Command } from 'commander';
import { ConfigurationService } from '../config/configuration.service.js';
import { CLI_CONTEXT } from '../infrastructure/audit/audit-context.js';
import { AuditTrailService } from '../infrastructure/audit/audit-trail.service.js';
import { type CommandContext, withApplication } from './command-context.js';
import { type JsonOption, withJson, writeResult } from './output.js';
import {
  describeSecrets,
  sealedTables,
  type SecretsReport,
  secretsReport,
} from './secrets-report.js';

export function addSecretCommands(program: Command, context: CommandContext): void {
  const secrets = program.command('secrets').description('what is encrypted in the database');
  withJson(secrets.command('status'))
    .description('which keys have sealed what, and whether earlier ones are still needed')
    .action((options: JsonOption) => status(context, options));
  withJson(secrets.command('reseal'))
    .description('seal anew what an earlier encryption key sealed, on a running system; resumable')
    .action((options: JsonOption) => reseal(context, options));
}

async function status(context: CommandContext, options: JsonOption): Promise<void> {
  await withApplication(context, async (app) => {
    const report = await secretsReport(app);
    writeResult(options, report, describeSecrets(report));
    setExitCode(context, report);
  });
}

async function reseal(context: CommandContext, options: JsonOption): Promise<void> {
  await withApplication(context, async (app) => {
    const key = app.get(ConfigurationService).current.app.encryptionKey.reveal();
    const resealed: Record<string, number> = {};
    for (const [kind, table] of sealedTables(app)) {
      resealed[kind] = (await table.reseal(key)).resealed;
    }
    await note(app, resealed);
    const report = await secretsReport(app);
    const done = Object.entries(resealed).map(([kind, count]) => `${count} ${kind} sealed anew`);
    writeResult(options, { resealed, ...report }, [...done, ...describeSecrets(report)]);
    setExitCode(context, report);
  });
}

/** What nobody can read any more is not mended by trying again. */
function setExitCode(context: CommandContext, report: SecretsReport): void {
  if (report.unreadable > 0) context.setExitCode(1);
}

async function note(app: INestApplicationContext, after: Record<string, number>): Promise<void> {
  const object = { kind: 'encryption_key', id: 'current', name: 'app.encryption_key' };
  await app.get(AuditTrailService).record(CLI_CONTEXT, { action: 'secrets.reseal', object, after });
}
