import path from 'node:path';
import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { type Observable, Subject } from 'rxjs';
import { type ConfigurationFile, type Look } from './configuration-file.js';
import { type Environment } from './environment.js';
import { type LoadedConfiguration } from './load-configuration.js';
import { formatProblems, type Problem } from './problem.js';
import { type Configuration } from './schema/configuration.js';
import { type ConfigurationSource } from './sources.js';

/** What a reload changed, announced after `current` has become the new tree. */
export interface ConfigurationChange {
  previous: Configuration;
  current: Configuration;
  /** In the spelling of the file (`groups.staff.max`, `models["dummy"].disabled`); see `touches`. */
  changedPaths: readonly string[];
}

const MOST_PATHS_LOGGED = 20;

/**
 * The configuration in force. Read `current` each time it is needed instead of keeping parts of
 * it: a reload swaps the whole tree. Keys that need a restart keep the value of the start.
 */
@Injectable()
export class ConfigurationService implements OnModuleInit, OnModuleDestroy {
  /** Listeners must not throw: RxJS makes an uncaught exception of it. */
  readonly changes$: Observable<ConfigurationChange>;
  private readonly changes = new Subject<ConfigurationChange>();
  private readonly logger = new Logger('Configuration');
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> = Promise.resolve();

  /** Without an interval the file is only looked at when `lookNow()` is called. */
  constructor(
    private readonly file: ConfigurationFile,
    private readonly watchIntervalMs: number,
  ) {
    this.changes$ = this.changes.asObservable();
  }

  /** The whole tree: validated, every default filled in, deep-frozen. */
  get current(): Configuration {
    return this.file.current.config;
  }

  /** Where the file is: what it names without a full path is beside it. */
  get directory(): string {
    return path.dirname(path.resolve(this.file.path));
  }

  /** Everything that is known of what is in force. */
  get loaded(): LoadedConfiguration {
    return this.file.current;
  }

  /** The file that is read and watched. */
  get path(): string {
    return this.file.path;
  }

  /** The variables that win over the file. */
  get environment(): Environment {
    return this.file.env;
  }

  /** Where the value at a path as the file spells it (`app.database.url`) comes from. */
  sourceOf(path: string): ConfigurationSource {
    return this.file.current.sources.of(path);
  }

  onModuleInit(): void {
    this.warn('config.yaml', this.file.current.warnings);
    if (this.watchIntervalMs <= 0) return;
    this.timer = setInterval(() => void this.lookNow(), this.watchIntervalMs);
    this.timer.unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
    this.changes.complete();
  }

  /** Looks at the file at once; settles when what it found is in force. Never rejects. */
  lookNow(): Promise<void> {
    this.looking = this.looking.then(async () => this.report(await this.file.look()));
    return this.looking;
  }

  private report(look: Look): void {
    if (look.kind === 'broken') {
      this.warn('config.yaml is broken; the configuration before it stays in force', look.problems);
    }
    if (look.kind === 'reloaded') this.announce(look);
  }

  private announce({ previous, differences }: Look & { kind: 'reloaded' }): void {
    const paths = (reload: 'hot' | 'restart') =>
      differences.filter((found) => found.reload === reload).map(({ path }) => path);
    const changedPaths = paths('hot');
    const waiting = paths('restart');
    this.logger.log(`config.yaml reloaded${describePaths(changedPaths)}`);
    if (waiting.length > 0) this.logger.warn(`restart required for${describePaths(waiting)}`);
    this.warn('config.yaml', newProblems(previous.warnings, this.file.current.warnings));
    if (changedPaths.length === 0) return;
    this.changes.next({ previous: previous.config, current: this.current, changedPaths });
  }

  private warn(heading: string, problems: readonly Problem[]): void {
    if (problems.length > 0) this.logger.warn(`${heading}:\n${formatProblems(problems)}`);
  }
}

/** Those that were not there before: a warning is worth one line, not one for each reload. */
function newProblems(before: readonly Problem[], now: readonly Problem[]): Problem[] {
  const known = new Set(before.map(({ path, message }) => `${path}: ${message}`));
  return now.filter(({ path, message }) => !known.has(`${path}: ${message}`));
}

function describePaths(paths: readonly string[]): string {
  if (paths.length === 0) return '';
  const more = paths.length - MOST_PATHS_LOGGED;
  const shown = paths.slice(0, MOST_PATHS_LOGGED).join(', ');
  return more > 0 ? `: ${shown} and ${more} more` : `: ${shown}`;
}
