import { type ConfigurationRule } from './rule.js';

const timeLimitsInOrder: ConfigurationRule = {
  reads: ['upstream'],
  check({ config, warn }) {
    const { timeouts, ejection } = config.upstream;
    if (timeouts.firstTokenS > timeouts.totalS) {
      warn(
        ['upstream', 'timeouts', 'first_token_s'],
        'is above total_s, which ends the wait first',
      );
    }
    if (ejection.cooldownS > ejection.maxCooldownS) {
      warn(['upstream', 'ejection', 'cooldown_s'], 'is above max_cooldown_s, which wins');
    }
  },
};

const wholeFallback: ConfigurationRule = {
  reads: ['governance'],
  check({ config, warn }) {
    const { baseUrl, apiKey, model } = config.governance.fallback;
    if (baseUrl === null && (apiKey !== null || model !== null)) {
      warn(
        ['governance', 'fallback', 'base_url'],
        'is not set, so the rest of the section does nothing',
      );
    }
  },
};

const memoryDatabase: ConfigurationRule = {
  reads: ['app', 'server'],
  check({ config, error }) {
    const url = config.app.database.url.reveal();
    if (config.server.workers > 1 && /^sqlite:\/\/(?:\/?$|\/:memory:)/.test(url)) {
      error(['server', 'workers'], 'several processes cannot share a database in memory');
    }
  },
};

export const serviceRules = [timeLimitsInOrder, wholeFallback, memoryDatabase];
