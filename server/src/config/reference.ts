import { ALIASES } from './aliases.js';
import { type DocumentedKey, documentedKeys } from './documented-keys.js';
import { ENVIRONMENT_KEYS } from './environment.js';
import { formatPath } from './paths.js';
import { PROFILES } from './profiles.js';

const BLOCK = /<!-- generated: (\w+) -->(?:(?!<!-- end -->)[^])*<!-- end -->/g;

const BLOCKS: Readonly<Record<string, () => string>> = {
  aliases: renderAliases,
  environment: renderEnvironment,
  profiles: renderProfiles,
  keys: renderKeys,
};

/**
 * The text of docs/configuration.md with the blocks that follow from the schema made anew:
 * whatever stands between `<!-- generated: name -->` and `<!-- end -->`.
 */
export function renewReference(document: string): string {
  return document.replace(BLOCK, (block: string, name: string) => {
    const render = BLOCKS[name];
    return render ? `<!-- generated: ${name} -->\n${unformatted(render())}\n<!-- end -->` : block;
  });
}

/** Aligned columns would change every line of a table whenever one cell grows. */
function unformatted(markdown: string): string {
  return `<!-- prettier-ignore-start -->\n\n${markdown}\n\n<!-- prettier-ignore-end -->`;
}

/** Every key, one table for each top-level section. */
function renderKeys(): string {
  const keys = documentedKeys();
  const top = keys.filter(({ path }) => /^\w+$/.test(path));
  const single = top.filter(({ isSection }) => !isSection);
  const sections = top.filter(({ isSection }) => isSection);
  const tables = sections.map((section) =>
    renderSection(
      section,
      keys.filter(({ path }) => isInside(path, section.path)),
    ),
  );
  return [`### Top level\n\n${renderTable(single)}`, ...tables].join('\n\n');
}

function isInside(path: string, section: string): boolean {
  return path.startsWith(`${section}.`) || path.startsWith(`${section}[`);
}

function renderSection(section: DocumentedKey, keys: readonly DocumentedKey[]): string {
  return `### \`${section.path}\`\n\n${section.doc}\n\n${renderTable(keys)}`;
}

function renderTable(keys: readonly DocumentedKey[]): string {
  return table(['Key', 'Meaning', 'Allowed', 'Default', 'Reload'], keys.map(cellsOf));
}

function cellsOf({ path, doc, allowed, unit, env, reload, ...key }: DocumentedKey): string[] {
  return [
    `\`${path}\``,
    env === '' ? doc : `${doc} Environment: \`${env}\`.`,
    unit === '' || allowed.includes(unit) ? allowed : `${allowed} (${unit})`,
    key.default,
    key.isSection ? '' : reload,
  ];
}

function renderAliases(): string {
  const rows = ALIASES.map(({ from, to, convert }) => [
    `\`${from}\``,
    `\`${to}\`${convert ? ', the other way round' : ''}`,
  ]);
  return table(['Also spelled', 'Means'], rows);
}

function renderEnvironment(): string {
  const rows = ENVIRONMENT_KEYS.map(({ variable, path }) => [
    `\`${variable}\``,
    `\`${formatPath(path)}\``,
  ]);
  return table(['Variable', 'Wins over'], rows);
}

function renderProfiles(): string {
  const rows = Object.entries(PROFILES).map(([profile, { timeouts, retries }]) => [
    `\`${profile}\``,
    ...[timeouts.connectS, timeouts.firstTokenS, timeouts.idleS, timeouts.totalS],
    ...[retries.attempts, retries.backoffMs],
  ]);
  const units = ['connect_s', 'first_token_s', 'idle_s', 'total_s', 'attempts', 'backoff_ms'];
  return table(['Profile', ...units.map((unit) => `\`${unit}\``)], rows);
}

function table(head: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const line = (cells: readonly unknown[]) =>
    `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
