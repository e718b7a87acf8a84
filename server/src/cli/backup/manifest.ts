import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { MIGRATIONS } from '../../infrastructure/database/migrations/index.js';
import { LUMEN_VERSION } from '../../infrastructure/version.js';
import { CommandError } from '../command-error.js';

export const MANIFEST = 'manifest.json';
const FORMAT = 1;

const manifestSchema = z.object({
  format: z.literal(FORMAT),
  lumen: z.string(),
  database: z.enum(['sqlite', 'postgres']),
  createdAt: z.iso.datetime(),
  /** The newest migration in the backup; null for a database without tables. */
  migration: z.string().nullable(),
  migrations: z.array(z.string()),
  /** The data, a file beside the manifest. */
  file: z.string().regex(/^[\w.-]+$/),
  bytes: z.int().min(0),
  sha256: z.string(),
});

/** What a backup says of itself. */
export type Manifest = z.infer<typeof manifestSchema>;

/** Describes the data that lies in `folder`. */
export async function describeBackup(
  folder: string,
  { file, ...known }: Pick<Manifest, 'database' | 'createdAt' | 'migrations' | 'file'>,
): Promise<Manifest> {
  const data = path.join(folder, file);
  return {
    format: FORMAT,
    lumen: LUMEN_VERSION,
    ...known,
    migration: known.migrations.at(-1) ?? null,
    file,
    bytes: (await stat(data)).size,
    sha256: await checksumOf(data),
  };
}

/**
 * Reads what a backup says of itself and makes sure that its data is whole and not from a later Lumen.
 * @throws CommandError backup_unusable
 */
export async function readBackup(folder: string): Promise<Manifest> {
  const manifest = await readManifest(folder);
  const known = new Set(MIGRATIONS.map(({ name }) => name));
  const unknown = manifest.migrations.filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw unusable(
      `${folder} was made by Lumen ${manifest.lumen}, which is newer than this one: it has the migrations ${unknown.join(', ')}. Restore it with that version.`,
    );
  }
  const data = path.join(folder, manifest.file);
  const bytes = await stat(data).then(
    ({ size }) => size,
    () => null,
  );
  if (bytes !== manifest.bytes || (await checksumOf(data)) !== manifest.sha256) {
    throw unusable(
      `${data} is not what was backed up: it was changed or cut. Take another backup.`,
    );
  }
  return manifest;
}

async function readManifest(folder: string): Promise<Manifest> {
  const file = path.join(folder, MANIFEST);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    const message = `${folder} is no backup: ${MANIFEST} cannot be read there. Name the folder that "lumen backup" printed.`;
    throw new CommandError(message, 'backup_unusable', { cause });
  }
  const manifest = manifestSchema.safeParse(parsed(text));
  if (manifest.success) return manifest.data;
  throw unusable(`${file} is not a manifest that this version of Lumen can read.`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function checksumOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

function unusable(message: string): CommandError {
  return new CommandError(message, 'backup_unusable');
}
