/** The echo model: an OpenAI-compatible server that needs nothing. See docs/echo-model.md. */
import { type AddressInfo } from 'node:net';
import { createEchoModel } from './server.ts';
import { type Settings, readSettings } from './settings.ts';

function start({ host, port, delayMs }: Settings): void {
  const server = createEchoModel({ delayMs });
  server.once('error', (error: NodeJS.ErrnoException) => giveUp(startFailure(error, host, port)));
  server.listen(port, host, () => {
    const { port: actual } = server.address() as AddressInfo;
    console.log(`The echo model answers as "dummy" at http://${host}:${actual}/v1`);
  });
  // Nothing here is worth finishing: open answers are cut.
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

function startFailure(error: NodeJS.ErrnoException, host: string, port: number): string {
  if (error.code === 'EADDRINUSE') {
    return `${host}:${port} is taken. Stop what listens there, or set ECHO_PORT to another port.`;
  }
  return `It cannot listen at ${host}:${port}: ${error.message}. ECHO_HOST and ECHO_PORT choose another address.`;
}

function giveUp(reason: string): void {
  console.error(`The echo model cannot start. ${reason}`);
  process.exitCode = 1;
}

try {
  start(readSettings(process.env));
} catch (error) {
  giveUp((error as Error).message);
}
