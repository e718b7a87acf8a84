import { dump } from 'js-yaml';
import { type Proposal } from './propose-changes.js';

/** The lines of config.yaml that say what is proposed, below the name of the model they belong to. */
export function configurationLines(name: string, proposals: readonly Proposal[]): string {
  const facts = proposals.map(({ field, proposed }) => [snakeCase(field), proposed] as const);
  const model = { name, ...Object.fromEntries(facts) };
  return dump({ models: [model] }, { flowLevel: 3, lineWidth: -1 });
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
