import { type Server } from 'node:http';
import { type AddressInfo } from 'node:net';

/** Ends this process when the one that forked it is gone. */
export function endWithParent(): void {
  process.on('disconnect', () => process.exit(0));
}

/** Listens on a free port of 127.0.0.1 and tells it to the process that forked this one. */
export function announce(server: Server): void {
  endWithParent();
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
}
