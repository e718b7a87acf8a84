import {
  checkConfiguration,
  configurationPath,
  type LoadedConfiguration,
  readConfigurationFile,
} from '../../config/index.js';
import { LUMEN_VERSION } from '../../infrastructure/version.js';
import { CatalogueService } from '../../models/index.js';
import { type CommandContext, withApplication } from '../command-context.js';
import { checkBackends } from './backends.js';
import { checkCertificates } from './certificates.js';
import { checkBackupPrograms } from './backup-programs.js';
import { failed, type Finding, ok, reasonOf, skipped, warning } from './check.js';
import { checkDatabase } from './database.js';
import { checkDisk } from './disk.js';
import { checkEncryption } from './encryption.js';
import { checkLogin } from './login.js';
import { checkPermissions } from './permissions.js';
import { checkRedis } from './redis.js';

/** Everything there is to say about this installation, in the order in which things depend on each other. */
export async function examine(context: CommandContext): Promise<Finding[]> {
  const versions = ok('versions', `Lumen ${LUMEN_VERSION}, Node.js ${process.versions.node}`);
  const { finding, loaded } = readConfiguration(context);
  if (!loaded) return [versions, finding];
  const { config } = loaded;
  const path = configurationPath(context.environment);
  const database = await attempt('database', () => checkDatabase(context));
  const isUsable = database.every(({ status }) => status !== 'failed');
  const inside = isUsable ? await insideApplication(context) : NOT_INSIDE;
  return [
    versions,
    finding,
    ...database,
    ...(await attempt('backup', () => checkBackupPrograms(context))),
    ...(await attempt('redis', () => checkRedis(config.rateLimiting.storageUrl?.reveal()))),
    ...inside.findings,
    ...(await attempt('login', () => checkLogin(config))),
    ...(await attempt('certificates', () => checkCertificates(config, inside.addresses))),
    ...(await attempt('disk space', () => checkDisk(context, config.limits))),
    ...(await attempt('permissions', () => checkPermissions(context, path))),
  ];
}

interface Inside {
  readonly findings: readonly Finding[];
  /** Of all backends, also those of providers that were made in the console. */
  readonly addresses: readonly string[];
}

const NOT_INSIDE: Inside = {
  findings: [skipped('backends', 'not asked, because the database is not in order')],
  addresses: [],
};

/** What only the application knows: it is put together as for any command, which upgrades nothing here. */
async function insideApplication(context: CommandContext): Promise<Inside> {
  let addresses: string[] = [];
  const findings = await attempt('backends', () =>
    withApplication(context, async (app) => {
      const entries = [...app.get(CatalogueService).current.entries.values()];
      addresses = entries.flatMap(({ endpoints }) => endpoints.map(({ url }) => url));
      return [
        ...(await attempt('backends', () => checkBackends(app))),
        ...(await attempt('encryption', () => checkEncryption(app))),
      ];
    }),
  );
  return { findings, addresses };
}

function readConfiguration({ environment }: CommandContext): {
  finding: Finding;
  loaded: LoadedConfiguration | null;
} {
  const path = configurationPath(environment);
  const { ok: isValid, errors, warnings } = checkConfiguration(path, environment);
  const advice = `Run "lumen config check" for all of it.`;
  if (!isValid) {
    const detail = `${path}: ${errors.length} wrong, first: ${errors[0]?.path ?? ''} ${errors[0]?.message ?? ''}`;
    return { finding: failed('configuration', detail, advice), loaded: null };
  }
  const loaded = readConfigurationFile(path, environment);
  const finding =
    warnings.length === 0
      ? ok('configuration', `${path} is valid`)
      : warning('configuration', `${path} is valid, with ${warnings.length} warnings`, advice);
  return { finding, loaded };
}

/** A look that fails says so and keeps the others from nothing. */
async function attempt(
  subject: string,
  look: () => Promise<Finding[]> | Finding[],
): Promise<Finding[]> {
  try {
    return await look();
  } catch (error) {
    const advice = 'This could not be looked at; the message says why.';
    return [failed(subject, reasonOf(error), advice)];
  }
}
