import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { ENVIRONMENT_KEYS } from './environment.js';
import { formatPath } from './paths.js';
import { configurationText, loadText, pathsOf, problemsOf } from './testing/configuration-text.js';

describe('the environment', () => {
  it('may set exactly these keys', () => {
    const keys = ENVIRONMENT_KEYS.map((key) => `${key.variable} ${formatPath(key.path)}`);
    expect(keys.sort()).toEqual([
      'DATABASE_URL app.database.url',
      'LLM_API_KEY governance.fallback.api_key',
      'LLM_BASE_URL governance.fallback.base_url',
      'LLM_MODEL governance.fallback.model',
      'LUMEN_ALLOWED_MODELS governance.allowed_models',
      'LUMEN_ALLOW_UNKNOWN_MODELS governance.allow_unknown_models',
      'LUMEN_API_KEY_SECRET app.api_key_secret',
      'LUMEN_DEFAULT_MODEL governance.default_model',
      'LUMEN_ENCRYPTION_KEY app.encryption_key',
      'LUMEN_HOST app.host',
      'LUMEN_LOG_LEVEL log.level',
      'LUMEN_RETRY_ATTEMPTS upstream.retries.attempts',
      'LUMEN_RETRY_BACKOFF_MS upstream.retries.backoff_ms',
      'LUMEN_SECRET_KEY app.secret_key',
      'LUMEN_TIMEOUT_CONNECT_S upstream.timeouts.connect_s',
      'LUMEN_TIMEOUT_FIRST_TOKEN_S upstream.timeouts.first_token_s',
      'LUMEN_TIMEOUT_IDLE_S upstream.timeouts.idle_s',
      'LUMEN_TIMEOUT_TOTAL_S upstream.timeouts.total_s',
      'LUMEN_WORKERS server.workers',
      'OAUTH2_CLIENT_ID oauth2.client_id',
      'OAUTH2_CLIENT_SECRET oauth2.client_secret',
      'OAUTH2_REDIRECT_URI oauth2.redirect_uri',
      'OAUTH2_SCOPES oauth2.scopes',
      'OAUTH2_SERVER_METADATA_URL oauth2.server_metadata_url',
      'OTEL_EXPORTER_OTLP_ENDPOINT telemetry.otlp_endpoint',
      'OTEL_SERVICE_NAME telemetry.service_name',
      'PORT app.port',
      'REDIS_URL rate_limiting.storage_url',
    ]);
  });

  it('wins over the file and is remembered as the source', () => {
    const text = configurationText(
      { rate_limiting: { storage_url: 'redis://file' } },
      { port: 1234 },
    );
    const { config, sources } = loadText(text, { PORT: '8080', DATABASE_URL: 'postgres://db/x' });
    expect(config.app.port).toBe(8080);
    expect(config.app.database.url.reveal()).toBe('postgres://db/x');
    expect(sources.of('app.port')).toBe('environment');
    expect(sources.of('rate_limiting.storage_url')).toBe('file');
    expect(sources.of('app.host')).toBe('default');
  });

  it('wins over the old spelling of a key without a contradiction', () => {
    const text = configurationText({}, { database_url: 'sqlite:///file.db' });
    const { config } = loadText(text, { DATABASE_URL: 'sqlite:///env.db' });
    expect(config.app.database.url.reveal()).toBe('sqlite:///env.db');
  });

  it('suffices without a file', () => {
    const env = { LUMEN_SECRET_KEY: 's'.repeat(32), LUMEN_ENCRYPTION_KEY: 'e'.repeat(32) };
    expect(loadText('', env).config.app.secretKey.reveal()).toBe('s'.repeat(32));
  });

  it('reads numbers, yes and no, and lists', () => {
    const { governance, upstream } = loadText(configurationText(), {
      LUMEN_ALLOWED_MODELS: 'a, b/c ,,',
      LUMEN_ALLOW_UNKNOWN_MODELS: '1',
      LUMEN_TIMEOUT_IDLE_S: '0.5',
    }).config;
    expect(governance.allowedModels).toEqual(['a', 'b/c']);
    expect(governance.allowUnknownModels).toBe(true);
    expect(upstream.timeouts.idleS).toBe(0.5);
  });

  it.each(['', '  '])('counts %j as not set', (value) => {
    const env = { PORT: value, DATABASE_URL: value, LUMEN_ALLOWED_MODELS: value };
    expect(loadText(configurationText({}, { port: 1234 }), env).config.app.port).toBe(1234);
  });

  describe('with a file for a value', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'lumen-values-'));
    const fileOf = (text: string) => {
      const file = path.join(folder, randomUUID());
      writeFileSync(file, text);
      return file;
    };

    afterAll(() => rmSync(folder, { recursive: true }));

    it('reads it, and names the variable as the source', () => {
      const { config, sources } = loadText(configurationText(), {
        LUMEN_SECRET_KEY_FILE: fileOf(`${'s'.repeat(40)}\n`),
        DATABASE_URL_FILE: fileOf('postgres://db/x'),
        REDIS_URL_FILE: '',
      });
      expect(config.app.secretKey.reveal()).toBe('s'.repeat(40));
      expect(config.app.database.url.reveal()).toBe('postgres://db/x');
      expect(sources.variableAt('app.secret_key')).toBe('LUMEN_SECRET_KEY_FILE');
    });

    it.each([
      ['which is not there', () => path.join(folder, 'none'), /there is no such file/],
      ['which is empty', () => fileOf(' \n'), /it is empty/],
      ['which is a folder', () => folder, /it is no file/],
      ['which is too large', () => fileOf('x'.repeat(65_537)), /more than 65536 bytes/],
    ])('refuses one %s, in one line', (_what, file, message) => {
      const { errors } = problemsOf('', {
        LUMEN_SECRET_KEY_FILE: file(),
        LUMEN_ENCRYPTION_KEY: 'e'.repeat(32),
      });
      expect(errors).toMatchObject([
        { path: 'app.secret_key', message: expect.stringMatching(message) },
      ]);
      expect(errors[0]?.message).toContain('LUMEN_SECRET_KEY_FILE');
    });

    it('refuses both at once', () => {
      const env = { PORT: '5001', PORT_FILE: fileOf('5002') };
      const { errors } = problemsOf(configurationText(), env);
      expect(errors).toMatchObject([
        { path: 'app.port', message: 'is set by both PORT and PORT_FILE; keep one of them' },
      ]);
    });
  });

  it('is named when its value is wrong, and secrets in it stay hidden', () => {
    const env = { PORT: 'http', DATABASE_URL: 'mysql://root:hunter2@db/x' };
    const { errors } = problemsOf(configurationText(), env);
    expect(pathsOf(errors)).toEqual(['app.port', 'app.database.url']);
    expect(errors[0]).toMatchObject({
      message: 'has a wrong value in the environment variable PORT',
      found: 'the text "http"',
    });
    expect(JSON.stringify(errors)).not.toContain('hunter2');
  });

  it('has LUMEN_API_KEY_SECRET win over the encryption key for API keys', () => {
    const env = { LUMEN_API_KEY_SECRET: 'k'.repeat(32), LUMEN_ENCRYPTION_KEY: 'e'.repeat(32) };
    const { app } = loadText(configurationText(), env).config;
    expect(app.apiKeySecret.reveal()).toBe('k'.repeat(32));
    expect(app.encryptionKey.reveal()).toBe('e'.repeat(32));
  });
});
