/** Where a database lives, taken from its URL. */
export type DatabaseLocation =
  | { kind: 'sqlite'; /** A path, or `:memory:`. */ file: string }
  | { kind: 'postgres'; /** Always spelled `postgresql://`. */ url: string };

const SQLITE = 'sqlite://';
/** `postgresql+psycopg2://` and the like name a Python driver, which does not matter here. */
const POSTGRES = /^(?:postgres|postgresql)(?:\+\w+)?:\/\//;

/**
 * Takes a database URL apart; `null` when it is none.
 * `sqlite:///a.db` is relative to the working directory, `sqlite:////var/a.db` absolute;
 * `sqlite://` and `sqlite:///:memory:` live in memory.
 */
export function parseDatabaseUrl(text: string): DatabaseLocation | null {
  if (text.startsWith(SQLITE)) return parseSqlite(text.slice(SQLITE.length));
  if (!POSTGRES.test(text)) return null;
  const url = text.replace(POSTGRES, 'postgresql://');
  const parsed = URL.parse(url);
  const hasHost = parsed !== null && (parsed.hostname !== '' || parsed.searchParams.has('host'));
  return hasHost && parsed.pathname.length > 1 ? { kind: 'postgres', url } : null;
}

function parseSqlite(rest: string): DatabaseLocation | null {
  if (rest === '' || rest === '/' || rest === '/:memory:')
    return { kind: 'sqlite', file: ':memory:' };
  const file = rest.slice(1);
  const usable = rest.startsWith('/') && !/[?#\0]/.test(file) && !file.endsWith('/');
  return usable ? { kind: 'sqlite', file } : null;
}
