const DEBUG_LEVELS: readonly string[] = ['debug', 'trace'];

/** `log.level` and `log.modules` of the configuration. */
export interface LogLevels {
  readonly level: string;
  /** Levels of single modules in its place, by the context of their lines. */
  readonly modules: Readonly<Record<string, string>>;
}

/** Are debug lines of this context written? Asked where it would take work to make them. */
export function isDebugged({ level, modules }: LogLevels, context: string): boolean {
  return DEBUG_LEVELS.includes(modules[context] ?? level);
}
