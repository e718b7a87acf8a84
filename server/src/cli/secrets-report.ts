import { type INestApplicationContext } from '@nestjs/common';
import { ApiKeysService } from '../auth/index.js';
import { SealedAttachmentsService } from '../chat/index.js';
import { ConfigurationService } from '../config/configuration.service.js';
import { keyIdOf } from '../infrastructure/crypto/secret-cipher.js';
import { type SealedTable } from '../infrastructure/crypto/sealed-table.js';
import { SealedProviderKeysService } from '../providers/index.js';

/** How much of one kind each key has to do with. */
export interface SecretsOfKind {
  kind: string;
  current: number;
  /** By a key of `app.previous_encryption_keys`. */
  previous: number;
  /** By a key that is not in force, or (of API keys) by one that is not known. */
  other: number;
}

export interface SecretsReport {
  kinds: SecretsOfKind[];
  /** Earlier keys that config.yaml still lists. */
  previousKeys: number;
  /** Whether anything that can be read needs one of these. */
  needsPrevious: boolean;
  /** What no key in force can open. */
  unreadable: number;
}

export const API_KEYS = 'API keys';

/** What is sealed in the database, by what it is. */
export function sealedTables(app: INestApplicationContext): [string, SealedTable][] {
  return [
    ['keys of providers', app.get(SealedProviderKeysService).table],
    ['pieces of attachments', app.get(SealedAttachmentsService).table],
  ];
}

/** Says which keys are needed for what is in the database; opens one text of each key to make sure. */
export async function secretsReport(app: INestApplicationContext): Promise<SecretsReport> {
  const { encryptionKey, apiKeySecret, previousEncryptionKeys } =
    app.get(ConfigurationService).current.app;
  const previousIds = previousEncryptionKeys.map((key) => keyIdOf(key.reveal()));
  const kinds: SecretsOfKind[] = [];
  let unreadable = 0;
  for (const [kind, table] of sealedTables(app)) {
    const counts = await table.countByKey();
    for (const [id, count] of counts) if (!(await table.opensOneOf(id))) unreadable += count;
    kinds.push(sorted(kind, counts, [keyIdOf(encryptionKey.reveal()), ...previousIds]));
  }
  const hashed = await app.get(ApiKeysService).liveBySecret();
  const ofApiKeys = sorted(API_KEYS, hashed, [keyIdOf(apiKeySecret.reveal()), ...previousIds]);
  kinds.push(ofApiKeys);
  const isNeeded = kinds.some(({ previous }) => previous > 0) || (hashed.get('') ?? 0) > 0;
  const previousKeys = previousIds.length;
  return { kinds, previousKeys, needsPrevious: previousKeys > 0 && isNeeded, unreadable };
}

export function describeSecrets(report: SecretsReport): string[] {
  const { kinds, previousKeys, needsPrevious, unreadable } = report;
  const lines = kinds.map(
    ({ kind, current, previous, other }) =>
      `${kind}: ${current} by the current key, ${previous} by earlier ones, ${other} by others`,
  );
  if (unreadable > 0) {
    lines.push(
      `${unreadable} cannot be read: add the key that sealed them to app.previous_encryption_keys.`,
    );
  }
  if (previousKeys === 0) return lines;
  return [
    ...lines,
    needsPrevious
      ? 'The earlier keys are still needed. "lumen secrets reseal" moves what is sealed; an API key moves when it is next used.'
      : 'The earlier keys are no longer needed: take them out of app.previous_encryption_keys.',
  ];
}

function sorted(
  kind: string,
  counts: ReadonlyMap<string, number>,
  [current, ...previous]: readonly string[],
): SecretsOfKind {
  const found: SecretsOfKind = { kind, current: 0, previous: 0, other: 0 };
  for (const [id, count] of counts) {
    if (id === current) found.current += count;
    else if (previous.includes(id)) found.previous += count;
    else found.other += count;
  }
  return found;
}
