import { type Path } from '../paths.js';
import { References } from './references.js';
import { type ConfigurationRule, type RuleContext } from './rule.js';

const uniqueNames: ConfigurationRule = {
  reads: ['models'],
  check({ config, error }) {
    const first = new Map<string, number>();
    config.models.forEach(({ name }, index) => {
      const earlier = first.get(name);
      if (earlier === undefined) first.set(name, index);
      else
        error(
          ['models', index, 'name'],
          `is the same as models[${earlier}].name: ${JSON.stringify(name)}`,
        );
    });
  },
};

const writtenPrices: ConfigurationRule = {
  reads: ['models'],
  check(context) {
    context.config.models.forEach((model, index) => {
      if (!model.disabled && model.audioCostPerHour === null) {
        checkPrices(context, index, JSON.stringify(model.name));
      }
    });
  },
};

function checkPrices({ sources, warn }: RuleContext, index: number, model: string): void {
  const missing = ['input_cost_per_million', 'output_cost_per_million'].filter(
    (price) => sources.of(['models', index, price]) === 'default',
  );
  if (missing.length === 0) return;
  const what = missing.length === 2 ? 'has no prices' : `has no ${missing[0]}`;
  warn(['models', index], `${model} ${what}, which counts as 0; write 0 to say that it is free`);
}

const someEndpoint: ConfigurationRule = {
  reads: ['models'],
  check({ config, warn }) {
    config.models.forEach(({ name, disabled, endpoints }, index) => {
      if (disabled || endpoints.length > 0) return;
      warn(['models', index, 'endpoints'], `${JSON.stringify(name)} has none, so it cannot answer`);
    });
  },
};

const knownModels: ConfigurationRule = {
  reads: ['models', 'governance', 'chat'],
  check(context) {
    const { models, governance, chat } = context.config;
    const references = new References(context);
    const one = (name: string | null, path: Path) => {
      if (name !== null) references.model(name, path);
    };
    models.forEach(({ name, fallbacks }, index) =>
      fallbacks.forEach((fallback, position) => {
        const path = ['models', index, 'fallbacks', position];
        if (fallback === name) context.error(path, 'is the model itself');
        else references.model(fallback, path);
      }),
    );
    one(governance.defaultModel, ['governance', 'default_model']);
    governance.allowedModels.forEach((name, index) =>
      one(name, ['governance', 'allowed_models', index]),
    );
    one(chat.titles.model, ['chat', 'titles', 'model']);
  },
};

const exposedDefault: ConfigurationRule = {
  reads: ['governance'],
  check({ config, warn }) {
    const { defaultModel, allowedModels } = config.governance;
    if (defaultModel === null || allowedModels.length === 0) return;
    if (allowedModels.includes(defaultModel)) return;
    warn(
      ['governance', 'default_model'],
      'is not among governance.allowed_models, so it is hidden',
    );
  },
};

export const modelRules = [uniqueNames, writtenPrices, someEndpoint, knownModels, exposedDefault];
