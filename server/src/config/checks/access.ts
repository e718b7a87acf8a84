import { type Path } from '../paths.js';
import { type ModelAccessConfiguration } from '../schema/configuration.js';
import { entitledEntries, References } from './references.js';
import { type ConfigurationRule, type RuleContext } from './rule.js';

/** Strongest first: a model in two lists gets what the first of them says. */
const LISTS = [
  ['blocked', 'blocked'],
  ['allowed', 'allowed'],
  ['needsAck', 'needs_ack'],
] as const;

const accessLists: ConfigurationRule = {
  reads: ['models', 'groups', 'users', 'clients'],
  check(context) {
    const references = new References(context);
    for (const { path, entry } of entitledEntries(context.config)) {
      checkLists(context, references, entry.modelAccess, [...path, 'model_access']);
    }
  },
};

function checkLists(
  context: RuleContext,
  references: References,
  access: ModelAccessConfiguration,
  path: Path,
): void {
  const decidedBy = new Map<string, string>();
  for (const [property, list] of LISTS) {
    access[property].forEach((model, index) => {
      const at = [...path, list, index];
      const earlier = decidedBy.get(model);
      if (model === '*') {
        context.error(at, `is no model; to decide about all others write "default: ${list}"`);
      } else if (earlier !== undefined && earlier !== list) {
        context.warn(at, `${JSON.stringify(model)} is in ${earlier} too, which wins`);
      } else {
        decidedBy.set(model, list);
        references.model(model, at);
      }
    });
  }
}

const clientDefaultModels: ConfigurationRule = {
  reads: ['models', 'clients'],
  check(context) {
    const references = new References(context);
    for (const [name, { defaultModel }] of Object.entries(context.config.clients)) {
      if (defaultModel !== null) references.model(defaultModel, ['clients', name, 'default_model']);
    }
  },
};

export const accessRules = [accessLists, clientDefaultModels];
