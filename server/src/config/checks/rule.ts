import { type Path } from '../paths.js';
import { type Configuration } from '../schema/configuration.js';
import { type Sources } from '../sources.js';

/** What a rule sees and where it says what it found. Paths are spelled as in the file. */
export interface RuleContext {
  config: Configuration;
  sources: Sources;
  /** The configuration is refused. */
  error: (path: Path, message: string) => void;
  /** The configuration works, but probably not as meant. */
  warn: (path: Path, message: string) => void;
}

/** Something that must hold between keys, which the schema of one key cannot say. */
export interface ConfigurationRule {
  /** Top-level properties that the rule judges; it is skipped when one of them has wrong values. */
  reads: readonly (keyof Configuration)[];
  check(context: RuleContext): void;
}
