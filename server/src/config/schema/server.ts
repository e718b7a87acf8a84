import { key, section } from './key.js';
import { bytes, seconds, wholeNumber } from './values.js';

export const server = section({
  shutdownGraceS: key(
    seconds(0, 3600).default(30),
    'How long open streams may finish after the stop signal.',
  ),
  drainS: key(
    seconds(0, 300).default(0),
    'How long requests are still taken after the stop signal, while `/health/ready` says no: what a load balancer needs to notice. Connections that are idle stay open for as long again, for those it sends late.',
  ),
  workers: key(wholeNumber(1, 256).default(1), 'Processes on this host that share the port.', {
    env: 'LUMEN_WORKERS',
  }),
});

const MIB = 2 ** 20;

export const limits = section({
  bodyBytes: key(bytes(1024, 1024 * MIB).default(20 * MIB), 'Largest request body.'),
  headerBytes: key(bytes(4096, MIB).default(16_384), 'Largest total of request headers.'),
  headerCount: key(wholeNumber(20, 2000).default(100), 'Most request headers.'),
  uploadBytes: key(
    bytes(1024, 4096 * MIB).default(100 * MIB),
    'Largest file streamed through, such as audio to transcribe.',
  ),
});
