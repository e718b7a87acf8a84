import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type AuditContext } from '../../infrastructure/audit/audit-context.js';
import { AuditTrailService } from '../../infrastructure/audit/audit-trail.service.js';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { ConfigurationService } from '../configuration.service.js';
import { type ConfigurationDifference, diffInTurns } from '../diff.js';
import { type LoadedConfiguration, loadConfigurationInTurns } from '../load-configuration.js';
import { type Problem } from '../problem.js';
import { type Configuration } from '../schema/configuration.js';
import { type Backup } from './configuration-backups.js';
import {
  ChangedMeanwhile,
  ConfigurationStore,
  type ReadOnlyReason,
  type StoredText,
  WrittenNow,
} from './configuration-store.js';
import { DraftText, MOST_BYTES, type Draft } from './draft-text.js';
import {
  effectiveValues,
  type EffectiveValue,
  type WaitingValue,
  waitingValues,
} from './effective-values.js';
import { readFileTree } from './file-tree.js';
import { type DiffLine, lineDiff } from './line-diff.js';
import { SecretMasks } from './masked-text.js';
import { type PlacedProblem, placeProblems } from './problem-lines.js';

export type ReadOnly = ReadOnlyReason | 'managed' | 'too_large';

export interface ShownConfiguration {
  version: string;
  /** With masks in place of secrets. */
  text: string;
  /** What the file says, in one spelling; null while the form cannot show it. */
  values: Record<string, unknown> | null;
  effective: EffectiveValue[];
  problems: PlacedProblem[];
  warnings: PlacedProblem[];
  readOnly: ReadOnly | null;
  /** Keys in which the file differs from what is in force until the next start. */
  restartPending: string[];
  /** The same with their values, where they have one that may be shown. */
  restartValues: WaitingValue[];
}

/** All that does not change while the file and what is in force stay the same. */
interface Described {
  config: Configuration;
  what: Omit<ShownConfiguration, 'readOnly'>;
}

export interface CheckedDraft {
  isValid: boolean;
  isChanged: boolean;
  problems: PlacedProblem[];
  warnings: PlacedProblem[];
  diff: DiffLine[];
  changes: ConfigurationDifference[];
  /** The text there would be, with masks. */
  text: string;
  /** Who would have which role; null for a draft that is not valid. */
  roleLists: RoleLists | null;
}

export type RoleLists = Pick<Configuration, 'admins' | 'engineers' | 'superadmins'>;

const MOST_PATHS_RECORDED = 200;

/** Shows and changes the configuration file. No answer contains a secret. */
@Injectable()
export class ConfigurationEditingService {
  private last: (Described & { version: string; inForce: LoadedConfiguration }) | null = null;

  constructor(
    private readonly configuration: ConfigurationService,
    private readonly audit: AuditTrailService,
    private readonly clock: ClockService,
    private readonly dataSource: DataSource,
  ) {}

  async show(): Promise<ShownConfiguration> {
    const stored = await this.read();
    const { config, what } = await this.described(stored);
    return { ...what, readOnly: await this.readOnly(stored, config) };
  }

  /** What a draft would mean, by the loader itself. Changes nothing. */
  async check(draft: Draft): Promise<CheckedDraft> {
    return (await this.examine(await this.read(), draft)).checked;
  }

  /**
   * Writes a draft to the file, if that is still the version the draft was made from, and takes it
   * over at once.
   * @throws AppError conflict for a file that changed meanwhile or may not be written;
   * invalid_request with every problem
   */
  async save(draft: Draft, version: string, context: AuditContext): Promise<ShownConfiguration> {
    const stored = await this.read();
    if (stored.version !== version) throw changedMeanwhile(stored.version);
    const { text, checked } = await this.examine(stored, draft);
    await this.replace({ stored, text, checked }, 'configuration.update', context);
    return this.show();
  }

  async history(): Promise<Backup[]> {
    return (await this.store.backups()).list();
  }

  /** What going back to a backup would change. @throws AppError not_found */
  async checkBackup(id: string): Promise<CheckedDraft> {
    return (await this.examine(await this.read(), await this.backup(id))).checked;
  }

  /** Puts a backup in the place of the file; the file becomes a backup. Refuses as `save` does. */
  async rollBack(id: string, version: string, context: AuditContext): Promise<ShownConfiguration> {
    const stored = await this.read();
    if (stored.version !== version) throw changedMeanwhile(stored.version);
    const { text, checked } = await this.examine(stored, await this.backup(id));
    await this.replace({ stored, text, checked }, 'configuration.roll_back', context);
    return this.show();
  }

  /** To read a file with a thousand groups takes a while: the same is not read twice. */
  private async described(stored: StoredText): Promise<Described> {
    const { version } = stored;
    const inForce = this.configuration.loaded;
    const known = this.last;
    if (known?.version === version && known.inForce === inForce) return known;
    const last = { version, inForce, ...(await this.describe(stored, inForce)) };
    this.last = last;
    return last;
  }

  private async describe(
    { text: written, version }: StoredText,
    { config, sources }: LoadedConfiguration,
  ): Promise<Described> {
    const { text } = this.masks.mask(written);
    const loaded = await this.load(written);
    const differences = loaded.ok ? await diffInTurns(config, loaded.config) : [];
    const waiting = restartPaths(differences);
    const what = {
      version,
      text,
      values: readFileTree(text)?.values ?? null,
      effective: effectiveValues(config, loaded.ok ? loaded.sources : sources),
      problems: this.placed(loaded.ok ? [] : loaded.errors, text),
      warnings: this.placed(loaded.warnings, text),
      restartPending: waiting,
      restartValues: loaded.ok ? waitingValues(waiting, config, loaded) : [],
    };
    return { config: loaded.ok ? loaded.config : config, what };
  }

  private async replace(
    { stored, text, checked }: { stored: StoredText; text: string; checked: CheckedDraft },
    action: string,
    context: AuditContext,
  ): Promise<void> {
    const readOnly = await this.readOnly(stored, this.configuration.current);
    if (readOnly) throw new AppError('conflict', READ_ONLY[readOnly], { details: { readOnly } });
    if (!checked.isValid) {
      throw new AppError('invalid_request', 'The configuration has problems; nothing was saved.', {
        details: { problems: checked.problems },
      });
    }
    if (!checked.isChanged) return;
    const recorded = (change: () => Promise<void>) =>
      this.dataSource.transaction(async (manager) => {
        await this.record(action, checked.changes, context, manager);
        await change();
      });
    try {
      await this.store.write(text, stored.version, this.clock.now(), recorded);
    } catch (cause) {
      throw refusalOf(cause);
    }
    await this.configuration.lookNow();
  }

  /** Paths only: values may be secret, and the backups have them. */
  private record(
    action: string,
    changes: readonly ConfigurationDifference[],
    context: AuditContext,
    manager: EntityManager,
  ): Promise<void> {
    const paths = changes.slice(0, MOST_PATHS_RECORDED).map(({ path }) => path);
    const restart = restartPaths(changes).slice(0, MOST_PATHS_RECORDED);
    const object = { kind: 'configuration', id: 'config.yaml', name: 'config.yaml' };
    return this.audit.record(context, { action, object, after: { paths, restart } }, manager);
  }

  private async examine(
    stored: StoredText,
    draft: Draft | { plain: string },
  ): Promise<{ text: string; checked: CheckedDraft }> {
    const masked = this.masks.mask(stored.text);
    const drafted = new DraftText(this.masks, stored.text, masked).of(draft);
    const { text, shown } = drafted;
    const loaded = await this.load(text);
    const before = await this.load(stored.text);
    const problems = [...drafted.problems, ...(loaded.ok ? [] : loaded.errors)];
    const base = before.ok ? before.config : this.configuration.current;
    return {
      text,
      checked: {
        isValid: problems.length === 0,
        isChanged: text !== stored.text,
        problems: this.placed(problems, shown),
        warnings: this.placed(loaded.warnings, shown),
        diff: lineDiff(masked.text, shown),
        changes: loaded.ok ? await diffInTurns(base, loaded.config) : [],
        text: shown,
        roleLists: loaded.ok ? roleListsOf(loaded.config) : null,
      },
    };
  }

  private async load(text: string) {
    if (Buffer.byteLength(text) > MOST_BYTES) {
      return {
        ok: false as const,
        errors: [{ path: '', message: READ_ONLY.too_large }],
        warnings: [],
      };
    }
    return loadConfigurationInTurns({ text, env: this.configuration.environment });
  }

  private placed(problems: readonly Problem[], text: string): PlacedProblem[] {
    return placeProblems(problems.slice(0, 500), text);
  }

  private async readOnly(stored: StoredText, config: Configuration): Promise<ReadOnly | null> {
    if (!config.app.configEditor) return 'managed';
    if (Buffer.byteLength(stored.text) > MOST_BYTES) return 'too_large';
    return this.store.readOnlyReason();
  }

  private async backup(id: string): Promise<{ plain: string }> {
    const plain = await (await this.store.backups()).read(id);
    if (plain === undefined) throw new AppError('not_found', 'There is no such backup.');
    return { plain };
  }

  private async read(): Promise<StoredText> {
    try {
      return await this.store.read();
    } catch (cause) {
      throw new AppError('conflict', (cause as Error).message, { cause });
    }
  }

  private get store(): ConfigurationStore {
    return new ConfigurationStore(this.configuration.path);
  }

  private get masks(): SecretMasks {
    return new SecretMasks(this.configuration.current.app.encryptionKey.reveal());
  }
}

const READ_ONLY: Record<ReadOnly, string> = {
  managed: 'app.config_editor is false: the configuration is managed elsewhere.',
  not_writable: 'Lumen may not write the configuration file or its directory.',
  mounted:
    'The configuration file is mounted by itself and cannot be replaced. Mount its directory.',
  too_large: 'The configuration is larger than 1 MiB; the console does not edit such files.',
};

function restartPaths(differences: readonly ConfigurationDifference[]): string[] {
  return differences.filter(({ reload }) => reload === 'restart').map(({ path }) => path);
}

function changedMeanwhile(version: string): AppError {
  const message = 'The configuration was changed meanwhile. Look at both versions and decide.';
  return new AppError('conflict', message, { details: { version } });
}

function refusalOf(cause: unknown): unknown {
  if (cause instanceof ChangedMeanwhile) return changedMeanwhile('');
  if (cause instanceof WrittenNow) {
    return new AppError('conflict', 'Somebody else is saving right now. Try again in a moment.');
  }
  const { code } = cause as NodeJS.ErrnoException;
  if (!/^E(?:PERM|ACCES|ROFS|BUSY|NOSPC|XDEV)$/.test(code ?? '')) return cause;
  return new AppError('conflict', `The configuration file could not be replaced (${code}).`, {
    cause,
  });
}

function roleListsOf({ admins, engineers, superadmins }: Configuration): RoleLists {
  return { admins, engineers, superadmins };
}
