import { readFile, stat } from 'node:fs/promises';
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import { type ConfigurationDifference, diffInTurns, keepRestartOnly } from './diff.js';
import { type Environment } from './environment.js';
import {
  digestOf,
  loadConfigurationInTurns,
  type LoadedConfiguration,
} from './load-configuration.js';
import { type Problem } from './problem.js';
import { describeReadError } from './read-configuration-file.js';

/** What a look at the file found. */
export type Look =
  | { kind: 'unchanged' }
  | { kind: 'broken'; problems: readonly Problem[] }
  | {
      kind: 'reloaded';
      previous: LoadedConfiguration;
      differences: readonly ConfigurationDifference[];
    };

const UNCHANGED: Look = { kind: 'unchanged' };
/** Whoever writes a file in pieces has written the next one within this. */
const SETTLED_MS = 100;

/**
 * A configuration file that may change while it is in use. A file that is broken or half-written
 * changes nothing; it is reported once, and looked at again as soon as it changes.
 */
export class ConfigurationFile {
  private loaded: LoadedConfiguration;
  private lastStamp: string | undefined;
  private lastDigest: string | undefined;
  private lastFailure: string | undefined;

  constructor(
    readonly path: string,
    readonly env: Environment,
    initial: LoadedConfiguration,
  ) {
    this.loaded = initial;
    this.lastDigest = initial.digest;
  }

  /** What is in force. Keys that need a restart keep the value they had at the start. */
  get current(): LoadedConfiguration {
    return this.loaded;
  }

  /** Looks whether the file has changed and takes over what is hot. Never rejects. */
  async look(): Promise<Look> {
    try {
      const stamp = await stampOf(this.path);
      if (stamp === this.lastStamp) return UNCHANGED;
      const text = await readFile(this.path, 'utf8');
      // Half a file may well be valid, with half the models. It is read whole at the next look.
      await delay(SETTLED_MS);
      if ((await stampOf(this.path)) !== stamp) return UNCHANGED;
      this.lastStamp = stamp;
      this.lastFailure = undefined;
      return await this.consider(text);
    } catch (error) {
      this.lastStamp = undefined;
      return this.failed(describeReadError(this.path, error));
    }
  }

  /** In several turns of the event loop; looks do not overlap, the service sees to that. */
  private async consider(text: string): Promise<Look> {
    const digest = digestOf(text);
    if (digest === this.lastDigest) return UNCHANGED;
    this.lastDigest = digest;
    const next = await loadConfigurationInTurns({ text, env: this.env });
    if (!next.ok) return { kind: 'broken', problems: next.errors };
    await nextTurn();
    const previous = this.loaded;
    const differences = await diffInTurns(previous.config, next.config);
    await nextTurn();
    this.loaded = { ...next, config: keepRestartOnly(previous.config, next.config) };
    return { kind: 'reloaded', previous, differences };
  }

  /** The same failure is reported once, not at every look. */
  private failed(message: string): Look {
    if (message === this.lastFailure) return UNCHANGED;
    this.lastFailure = message;
    return { kind: 'broken', problems: [{ path: '', message }] };
  }
}

/** Changes whenever the file is written or replaced, even within one tick of its clock. */
async function stampOf(path: string): Promise<string> {
  const { mtimeNs, ctimeNs, size, ino } = await stat(path, { bigint: true });
  return [mtimeNs, ctimeNs, size, ino].join(':');
}
