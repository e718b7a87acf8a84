import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkOut } from '../support/containers/checkout.js';
import { buildImage } from '../support/containers/image.js';
import { commandsOf } from '../support/containers/readme.js';
import { account, giveAway } from '../support/containers/service-process.js';
import { Stack } from '../support/containers/stack.js';
import { TlsClient } from '../support/containers/tls-client.js';
import { CookieBrowser } from '../support/cookie-browser.js';
import { CLIENT_ID, CLIENT_SECRET, IdentityProvider } from '../support/identity-provider.js';
import {
  chunkText,
  completion,
  DONE,
  ScriptedUpstream,
  stream,
  USAGE_CHUNK,
} from '../support/scripted-upstream.js';
import { Gate } from '../support/upstream/gate.js';

const DOMAIN = 'lumen.example.edu';
const UP = 'docker compose up -d';
const EXEC = 'docker compose exec lumen lumen ';
const MINUTES = 60_000;
const WORDS = ['one ', 'two ', 'three'];

/** Nothing is measured here; a busy machine takes its time. */
jest.setTimeout(MINUTES);

describe('a newcomer who does what the README says for an institution', () => {
  const running = new AsyncDisposableStack();
  const temporary = mkdtempSync(path.join(tmpdir(), 'lumen-newcomer-'));
  const checkout = path.join(temporary, 'checkout');
  const inDeploy = (name: string) => path.join(checkout, 'deploy', name);
  const commands: string[] = [];
  let upstream: ScriptedUpstream;
  let idp: IdentityProvider;
  let stack: Stack;
  let people: TlsClient;
  let key: string;

  /** Where the README says "before the last line": the same edits as by hand. */
  function edit(): void {
    const config = readFileSync(inDeploy('lumen/config.yaml'), 'utf8')
      .replace('you@example.edu', 'ada@example.edu')
      .replace('http://gpu-1.example.edu:8000/v1', upstream.url);
    writeFileSync(inDeploy('lumen/config.yaml'), config);
    const env = readFileSync(inDeploy('.env'), 'utf8')
      .replace(/^OAUTH2_CLIENT_ID=.*$/m, `OAUTH2_CLIENT_ID=${CLIENT_ID}`)
      .replace(/^OAUTH2_CLIENT_SECRET=.*$/m, `OAUTH2_CLIENT_SECRET=${CLIENT_SECRET}`)
      .replace(/^OAUTH2_SERVER_METADATA_URL=.*$/m, `OAUTH2_SERVER_METADATA_URL=${idp.metadataUrl}`);
    writeFileSync(inDeploy('.env'), env);
  }

  /** Runs a line in a shell of the folder where the lines before it have led. */
  function inShell(line: string, folder: string): string {
    const command = line.replaceAll('your-domain', DOMAIN);
    const output = execFileSync('sh', ['-ec', `${command}\npwd`], {
      cwd: folder,
      encoding: 'utf8',
    });
    return output.trim().split('\n').at(-1)!;
  }

  const ask = (body: object) =>
    people.fetch('/v1/chat/completions', {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        model: 'llama3',
        messages: [{ role: 'user', content: 'hi' }],
        ...body,
      }),
    });

  beforeAll(async () => {
    chmodSync(temporary, 0o755);
    upstream = running.use(await ScriptedUpstream.start());
    idp = running.use(await IdentityProvider.start(`https://${DOMAIN}/callback`));
    checkOut(checkout);
    const root = buildImage(checkout, path.join(temporary, 'image'));
    execFileSync('chmod', ['-R', 'a-w', root]);
    stack = running.use(new Stack(checkout, root, temporary));
    let folder = checkout;
    for (const line of commandsOf(path.join(checkout, 'README.md'), 'For an institution')) {
      commands.push(line);
      if (line === UP) {
        edit();
        giveAway(inDeploy('lumen'));
        await stack.up();
      } else if (line.startsWith(EXEC)) {
        key = await stack.command(...line.slice(EXEC.length).split(' '));
      } else {
        folder = inShell(line, folder);
      }
    }
    const certificate = readFileSync(inDeploy('tls/fullchain.pem'));
    people = new TlsClient(DOMAIN, stack.httpsPort, certificate);
    running.defer(() => people.close());
  }, 30 * MINUTES);

  afterAll(async () => {
    await running.disposeAsync();
    execFileSync('chmod', ['-R', 'u+w', temporary]);
    await rm(temporary, { recursive: true, force: true });
  }, MINUTES);

  it('finds the commands that the product was asked for with', () => {
    expect(commands).toEqual(
      expect.arrayContaining(['cp config.yaml.example lumen/config.yaml', UP]),
    );
  });

  it('gets the services one after the other, each when those before it are fit', () => {
    expect(stack.started).toEqual(['postgres', 'redis', 'migrate', 'lumen', 'proxy']);
  });

  it('runs none of them as root, and Lumen from files it cannot write', () => {
    for (const process of stack.processes.values()) {
      const status = readFileSync(`/proc/${process.pid}/status`, 'utf8');
      expect(status).not.toMatch(/^Uid:.*\b0\b/m);
    }
    const probe = `touch ${path.join(temporary, 'image/lumen/app/server/dist/x')}`;
    const write = () => execFileSync('sh', ['-c', probe], { ...account, stdio: 'pipe' });
    expect(write).toThrow(/denied|read-only/i);
  });

  it('shows no secret in the list of processes', () => {
    const env = readFileSync(inDeploy('.env'), 'utf8');
    const secrets = [...env.matchAll(/^(?:LUMEN_\w+_KEY|POSTGRES_PASSWORD)=(\w{64})$/gm)].map(
      ([, secret]) => secret!,
    );
    expect(secrets).toHaveLength(3);
    const list = execFileSync('ps', ['-eww', '-o', 'args'], { encoding: 'utf8' });
    for (const secret of [...secrets, CLIENT_SECRET]) expect(list).not.toContain(secret);
  });

  it('reaches health and the pages over TLS, with PostgreSQL and Redis behind them', async () => {
    expect(await (await people.fetch('/health')).json()).toMatchObject({ status: 'ok' });
    expect(await (await people.fetch('/health/redis')).json()).toEqual({ status: 'ok' });
    const page = await people.fetch('/', { headers: { accept: 'text/html' } });
    expect(page.headers.get('strict-transport-security')).toMatch(/max-age/);
    expect(await page.text()).toContain('<app-root');
    expect((await people.fetch('/metrics')).status).toBe(404);
  });

  it('logs in at the institution, comes back to the domain, and reads the help', async () => {
    const browser = new CookieBrowser((url, init) =>
      url.hostname === DOMAIN ? people.fetch(url.pathname + url.search, init) : fetch(url, init),
    );
    await browser.follow(`https://${DOMAIN}/login`);
    expect(idp.lastRequest.searchParams.get('redirect_uri')).toBe(`https://${DOMAIN}/callback`);
    const me = await browser.request(`https://${DOMAIN}/api/me`);
    expect(await me.json()).toMatchObject({ email: 'ada@example.edu' });
    const help = await browser.request(`https://${DOMAIN}/api/help`);
    expect(JSON.stringify(await help.json())).toContain('"id":"containers"');
  });

  it('gets an answer with the key of the shell', async () => {
    upstream.next(completion('Hello'));
    const answer = await ask({});
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ choices: [{ message: { content: 'Hello' } }] });
  });

  it('gets each word of a stream before the next one is thought of', async () => {
    const gates = WORDS.map(() => new Gate());
    const pieces = WORDS.flatMap((word, index) => [chunkText(word), gates[index]!.opened]);
    upstream.next(stream(...pieces, USAGE_CHUNK, DONE));
    const answer = await ask({ stream: true });
    let text = '';
    let words = 0;
    for await (const chunk of answer.body!) {
      text += Buffer.from(chunk as Uint8Array).toString();
      while (words < WORDS.length && text.includes(WORDS[words]!)) gates[words++]!.open();
    }
    expect(words).toBe(WORDS.length);
    expect(text).toContain('[DONE]');
  });

  it('loses no stream when Lumen is told to stop', async () => {
    const gate = new Gate();
    upstream.next(stream(chunkText('begun '), gate.opened, chunkText('ended'), USAGE_CHUNK, DONE));
    const answer = await ask({ stream: true });
    const lumen = stack.processes.get('lumen')!;
    let text = '';
    let ended: Promise<number | null> | undefined;
    for await (const chunk of answer.body!) {
      text += Buffer.from(chunk as Uint8Array).toString();
      if (ended || !text.includes('begun')) continue;
      ended = lumen.stop('SIGTERM');
      await expect(stack.untilNotReady()).resolves.toBeUndefined();
      gate.open();
    }
    expect(text).toContain('ended');
    expect(text).toContain('[DONE]');
    expect(await ended).toBe(0);
    expect(await stack.processes.get('proxy')!.stop('SIGQUIT')).toBe(0);
  });
});
