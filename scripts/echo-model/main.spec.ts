import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
const started: ChildProcess[] = [];

/** Runs the echo model as people do: Node takes its TypeScript as it is. */
function run(environment: Record<string, string>): ChildProcess {
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  return child;
}

async function addressOf(child: ChildProcess): Promise<string> {
  const [line] = (await once(child.stdout!, 'data')) as [Buffer];
  return /http:\S+/.exec(line.toString())![0];
}

async function failureOf(child: ChildProcess): Promise<[said: string, code: unknown]> {
  const [said, exit] = await Promise.all([text(child.stderr!), once(child, 'exit')]);
  return [said, exit[0]];
}

describe('the echo model as a program', () => {
  afterEach(() => {
    for (const child of started.splice(0)) child.kill('SIGKILL');
  });

  it('says where it answers, and ends at once when told to, though an answer is open', async () => {
    const child = run({ ECHO_PORT: '0', ECHO_DELAY_MS: '60000' });
    const address = await addressOf(child);
    const body = JSON.stringify({ stream: true, messages: [{ role: 'user', content: 'Hi' }] });
    const answer = await fetch(`${address}/chat/completions`, { method: 'POST', body });
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    await expect(answer.text()).rejects.toThrow();
  });

  it('says in one line that its port is taken', async () => {
    const address = await addressOf(run({ ECHO_PORT: '0' }));
    const { port } = new URL(address);
    const second = run({ ECHO_PORT: port });
    const [said, code] = await failureOf(second);
    expect(said).toBe(
      `The echo model cannot start. 127.0.0.1:${port} is taken. Stop what listens there, or set ECHO_PORT to another port.\n`,
    );
    expect(code).toBe(1);
  });

  it('says in one line that a setting is wrong', async () => {
    const child = run({ ECHO_PORT: 'many' });
    const [said, code] = await failureOf(child);
    expect(said).toBe(
      'The echo model cannot start. ECHO_PORT must be a whole number from 0 to 65535, and is "many".\n',
    );
    expect(code).toBe(1);
  });
});
