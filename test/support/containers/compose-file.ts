import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

/** The folder of the stack in a checkout. */
export const DEPLOY = fileURLToPath(new URL('../../../deploy', import.meta.url));

export interface Service {
  image: string;
  user?: string;
  command?: string[];
  entrypoint?: string[];
  environment?: Record<string, string>;
  volumes?: string[];
  ports?: string[];
  networks?: string[];
  profiles?: string[];
  tmpfs?: string[];
  read_only?: boolean;
  restart?: string;
  deploy?: { replicas: string };
  cap_drop?: string[];
  security_opt?: string[];
  stop_grace_period?: string;
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test?: string[]; disable?: boolean };
}

export interface ComposeFile {
  name: string;
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
  networks: Record<string, { internal?: boolean }>;
}

/** docker-compose.yml of a folder, with the variables of the .env beside it put in as compose does. */
export function readComposeFile(folder: string, env: Record<string, string>): ComposeFile {
  const text = readFileSync(path.join(folder, 'docker-compose.yml'), 'utf8');
  return filled(parse(text, { merge: true }), env) as ComposeFile;
}

/** Variables are put into the values of the tree, not into its text: an empty one is an empty text. */
function filled(value: unknown, env: Record<string, string>): unknown {
  if (typeof value === 'string') return interpolate(value, env);
  if (Array.isArray(value)) return value.map((each) => filled(each, env));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, filled(each, env)]));
}

const VARIABLE = /\$\{(\w+)(?::([-?])([^}]*))?\}/g;

/** `${NAME}`, `${NAME:-otherwise}` and `${NAME:?what is wrong}`; an empty variable is one that is not set. */
export function interpolate(text: string, env: Record<string, string>): string {
  return text.replace(
    VARIABLE,
    (_all, name: string, kind: string | undefined, rest: string | undefined) => {
      const value = env[name];
      if (value) return value;
      if (kind === '?') throw new Error(`${name}: ${rest}`);
      return kind === '-' ? rest! : '';
    },
  );
}

/** The variables that a compose file names. */
export const variablesOf = (text: string) =>
  new Set([...text.matchAll(VARIABLE)].map(([, name]) => name!));

/** What a .env file sets. */
export function readEnvFile(file: string): Record<string, string> {
  const lines = readFileSync(file, 'utf8').split('\n');
  return Object.fromEntries(
    lines.filter((line) => /^\w+=/.test(line)).map((line) => line.split(/=(.*)/s, 2)),
  ) as Record<string, string>;
}

/** The services of the profiles, each behind those it depends on. */
export function startOrder(file: ComposeFile, profiles: readonly string[]): string[] {
  const order: string[] = [];
  const visit = (name: string) => {
    for (const needed of Object.keys(file.services[name]!.depends_on ?? {})) visit(needed);
    if (!order.includes(name)) order.push(name);
  };
  for (const [name, service] of Object.entries(file.services)) {
    if (!service.profiles || service.profiles.some((each) => profiles.includes(each))) visit(name);
  }
  return order;
}
