/**
 * Runs commands of the built command line one after another in this one process, for tests that need
 * what a command makes and are not about the command: nine tenths of its time are Node's start.
 * Takes `{ args, directory, environment }` by POST and answers `{ code, stdout, stderr }`. The first
 * line it prints is its address.
 */
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

const PROGRAM = new URL('../../../server/dist/cli/program.js', import.meta.url).href;
const { runCommand } = (await import(PROGRAM)) as {
  runCommand: (argv: string[], environment: NodeJS.ProcessEnv) => Promise<number>;
};

interface Wanted {
  args: string[];
  directory: string;
  environment: Record<string, string>;
}

type Writable = Pick<NodeJS.WriteStream, 'write'>;

/** Notes what `work` writes instead of writing it. */
async function written(streams: Writable[], work: () => Promise<void>): Promise<string[]> {
  const texts = streams.map(() => '');
  const before = streams.map(({ write }) => write);
  streams.forEach((stream, index) => {
    stream.write = (chunk: string | Uint8Array) => {
      texts[index] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
      return true;
    };
  });
  try {
    await work();
  } finally {
    streams.forEach((stream, index) => (stream.write = before[index]!));
  }
  return texts;
}

/** The directory and the environment are the whole process's: there is one command at a time. */
async function run({ args, directory, environment }: Wanted): Promise<object> {
  process.chdir(directory);
  process.env = environment;
  let code = 1;
  const [stdout, stderr] = await written([process.stdout, process.stderr], async () => {
    code = await runCommand([process.execPath, 'lumen', ...args], process.env);
  });
  return { code, stdout, stderr };
}

let last: Promise<unknown> = Promise.resolve();

function inTurn(request: IncomingMessage): Promise<object> {
  const wanted = json(request) as Promise<Wanted>;
  const turn = last.catch(() => undefined).then(async () => run(await wanted));
  last = turn;
  return turn;
}

const server = createServer((request, response) => {
  inTurn(request).then(
    (result) => response.end(JSON.stringify(result)),
    (error: unknown) => response.writeHead(500).end(String(error)),
  );
});
server.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
