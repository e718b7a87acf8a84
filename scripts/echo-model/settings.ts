export interface Settings {
  host: string;
  port: number;
  delayMs: number;
}

const MOST_DELAY_MS = 60_000;

/** The echo model's settings from the environment; throws a sentence to print if one is wrong. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  return {
    host: environment.ECHO_HOST?.trim() || '127.0.0.1',
    port: wholeNumber(environment, 'ECHO_PORT', { usual: 9999, most: 65_535 }),
    delayMs: wholeNumber(environment, 'ECHO_DELAY_MS', { usual: 20, most: MOST_DELAY_MS }),
  };
}

function wholeNumber(
  environment: NodeJS.ProcessEnv,
  name: string,
  { usual, most }: { usual: number; most: number },
): number {
  const value = environment[name]?.trim();
  if (!value) return usual;
  if (/^\d{1,9}$/.test(value) && Number(value) <= most) return Number(value);
  throw new Error(
    `${name} must be a whole number from 0 to ${most}, and is ${JSON.stringify(value)}.`,
  );
}
