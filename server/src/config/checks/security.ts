import { type Path } from '../paths.js';
import { type Secret } from '../secret.js';
import { type ConfigurationRule, type RuleContext } from './rule.js';

const SHORTEST_SECRET = 32;

/** The values that `config.yaml.example` shows, which everybody can read. */
const EXAMPLE_SECRETS = ['change-me-to-something-random', 'change-me-to-something-different'];

const strongSecrets: ConfigurationRule = {
  reads: ['app'],
  check(context) {
    const { app } = context.config;
    checkSecret(context, ['app', 'secret_key'], app.secretKey);
    for (const [index, key] of app.previousSecretKeys.entries()) {
      checkSecret(context, ['app', 'previous_secret_keys', index], key);
    }
    checkSecret(context, ['app', 'encryption_key'], app.encryptionKey);
    if (context.sources.of('app.api_key_secret') !== 'default') {
      checkSecret(context, ['app', 'api_key_secret'], app.apiKeySecret);
    }
    if (app.secretKey.equals(app.encryptionKey)) {
      complain(
        context,
        ['app', 'encryption_key'],
        'is the same as app.secret_key; use two secrets',
      );
    }
  },
};

function checkSecret(context: RuleContext, path: Path, secret: Secret): void {
  const value = secret.reveal();
  const advice = 'put a random one there, for instance from `openssl rand -base64 48`';
  if (EXAMPLE_SECRETS.includes(value)) {
    complain(context, path, `is still the value of the example, which everybody knows; ${advice}`);
  } else if (value.length < SHORTEST_SECRET) {
    complain(context, path, `is shorter than ${SHORTEST_SECRET} characters; ${advice}`);
  }
}

/** A weak secret is fine on a developer's machine and nowhere else. */
function complain(context: RuleContext, path: Path, message: string): void {
  if (context.config.app.debug) context.warn(path, message);
  else context.error(path, message);
}

const devUserNeedsDebug: ConfigurationRule = {
  reads: ['app'],
  check({ config, error }) {
    if (!config.app.devUser || config.app.debug) return;
    const message =
      'lets anyone in without a login, so it needs app.debug: true; remove it otherwise';
    error(['app', 'dev_user'], message);
  },
};

const someWayToLogIn: ConfigurationRule = {
  reads: ['app', 'oauth2'],
  check({ config, warn }) {
    const { clientId, clientSecret, redirectUri } = config.oauth2;
    if (clientId === '') {
      if (config.app.devUser) return;
      warn(['oauth2', 'client_id'], 'is not set, so nobody can log in to the pages; API keys work');
      return;
    }
    if (!clientSecret) warn(['oauth2', 'client_secret'], 'is not set; most providers ask for one');
    if (redirectUri && !redirectUri.endsWith('/callback')) {
      warn(
        ['oauth2', 'redirect_uri'],
        'does not end with /callback, where Lumen expects people back',
      );
    }
  },
};

const metricsNeedToken: ConfigurationRule = {
  reads: ['prometheus'],
  check({ config, warn }) {
    if (!config.prometheus.enabled || config.prometheus.token) return;
    warn(['prometheus', 'token'], 'is not set, so /metrics is open to everyone who can reach it');
  },
};

export const securityRules = [strongSecrets, devUserNeedsDebug, someWayToLogIn, metricsNeedToken];
