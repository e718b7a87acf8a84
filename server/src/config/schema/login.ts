import { z } from 'zod';
import { key, section, withFacts } from './key.js';
import { flag, exactUrl, list, name, secret, text, wholeNumber } from './values.js';

export const oauth2 = section({
  clientId: key(text(500).default(''), 'Client id from the identity provider.', {
    env: 'OAUTH2_CLIENT_ID',
  }),
  clientSecret: key(
    secret().nullable().default(null),
    'Client secret from the identity provider.',
    {
      env: 'OAUTH2_CLIENT_SECRET',
    },
  ),
  serverMetadataUrl: key(
    exactUrl.default('https://cilogon.org/.well-known/openid-configuration'),
    'Where the provider describes itself (discovery document).',
    { env: 'OAUTH2_SERVER_METADATA_URL' },
  ),
  redirectUri: key(
    exactUrl.nullable().default(null),
    'https://your-domain/callback, exactly as registered with the provider.',
    { env: 'OAUTH2_REDIRECT_URI' },
  ),
  scopes: key(
    withFacts(z.string().regex(/(^|\s)openid(\s|$)/), {
      allowed: 'words separated by spaces, openid among them',
      read: (value) => (Array.isArray(value) ? value.join(' ') : value),
    }).default('openid email profile org.cilogon.userinfo'),
    'What the login asks for. Groups by rule need org.cilogon.userinfo.',
    { env: 'OAUTH2_SCOPES' },
  ),
  params: key(
    z.record(z.string(), z.string()).prefault({}),
    'Sent with the login request, e.g. idphint for one institution.',
    { allowed: 'a mapping of names to texts' },
  ),
  allowUnverifiedEmail: key(
    flag.default(false),
    'Accept people whose provider says that their e-mail is not verified, unless this file names it.',
  ),
  secondFactor: key(
    list(text(500), 20),
    'Values of the claims acr or amr: whoever has a role is let in with one of them only.',
    { allowed: 'a list of texts', defaultText: 'none is asked for' },
  ),
  label: key(name(60).default('your institution'), 'Text of the button: "Continue with …".'),
});

export const sessions = section({
  lifetimeHours: key(wholeNumber(1, 8760).default(168), 'A login ends after this long.', {
    unit: 'hours',
  }),
  idleHours: key(wholeNumber(1, 8760).default(24), 'A login ends after this long without use.', {
    unit: 'hours',
  }),
});
