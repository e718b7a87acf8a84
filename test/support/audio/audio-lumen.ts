import { mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type RequestLog } from '../../../server/src/usage/log/request-log.entity.js';
import { LumenServer } from '../lumen/lumen-server.js';
import { Payer } from '../lumen/metered.js';
import { requestLogOf } from '../lumen/request-log.js';
import { ScriptedUpstream, type SeenRequest } from '../scripted-upstream.js';

const MIB = 2 ** 20;
export const UPLOAD_LIMIT = 25 * MIB;

/**
 * A server with models that hear: `by-hour` for 36 coins an hour (a coin for 100 s), `by-tokens` for
 * a coin a token. Its temporary files have a directory of their own.
 */
export class AudioLumen implements AsyncDisposable {
  private constructor(
    private readonly running: AsyncDisposableStack,
    readonly server: LumenServer,
    readonly upstream: ScriptedUpstream,
    private readonly directory: string,
  ) {}

  /** `purses`: coins, by the first part of the e-mail address. */
  static async start(purses: Record<string, number>): Promise<AudioLumen> {
    await using starting = new AsyncDisposableStack();
    const directory = await mkdtemp(path.join(tmpdir(), 'lumen-audio-'));
    starting.defer(() => rm(directory, { recursive: true, force: true }));
    const upstream = starting.use(await ScriptedUpstream.start());
    const server = starting.use(
      await LumenServer.start({
        models: modelsAt(upstream.url),
        extra: `governance: { default_model: by-hour }\nlimits: { upload_bytes: ${UPLOAD_LIMIT} }\n${usersOf(purses)}`,
        environment: { TMPDIR: directory },
      }),
    );
    return new AudioLumen(starting.move(), server, upstream, directory);
  }

  async payer(name: string): Promise<Payer> {
    const email = `${name}@example.edu`;
    return new Payer(this.server, email, await this.server.createKey(email));
  }

  rows(count = 0): Promise<RequestLog[]> {
    return requestLogOf(this.server, count);
  }

  /** The row that `work` leaves. */
  async rowOf(work: () => Promise<unknown>): Promise<RequestLog> {
    const before = (await this.rows()).length;
    await work();
    return (await this.rows(before + 1)).at(-1)!;
  }

  /** Files that callers sent and that still take room, by name or without one. */
  async keptFiles(): Promise<string[]> {
    const open = `/proc/${this.server.pid}/fd`;
    const names = await readdir(open).catch(() => []);
    const targets = await Promise.all(
      names.map((name) => readlink(path.join(open, name)).catch(() => '')),
    );
    const nameless = targets.filter((target) => target.startsWith(this.directory));
    return [...(await readdir(this.directory)), ...nameless];
  }

  /** The most memory that the process has had so far, in bytes. */
  async mostMemory(): Promise<number> {
    const status = await readFile(`/proc/${this.server.pid}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)![1]) * 1024;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.running.disposeAsync();
  }
}

/** The form that the backend got. */
export function formOf({ bytes, headers }: SeenRequest): Promise<FormData> {
  const type = headers['content-type']!;
  return new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData();
}

function modelsAt(url: string): string {
  const endpoints = [{ url, api_key: 'none', model: 'upstream-name' }];
  const second = { ...endpoints[0], url: url.replace('/v1', '/second/v1') };
  return JSON.stringify([
    { name: 'by-hour', audio_cost_per_hour: 36, endpoints: [...endpoints, second] },
    {
      name: 'by-tokens',
      input_cost_per_million: 1_000_000,
      output_cost_per_million: 1_000_000,
      endpoints,
    },
  ]);
}

function usersOf(purses: Record<string, number>): string {
  const entries = Object.entries(purses).map(
    ([name, coins]) => `  ${name}@example.edu: { max: ${coins} }\n`,
  );
  return `users:\n${entries.join('')}`;
}
