/**
 * The health check of the container image: exits 0 when Lumen takes requests (`/health/ready`), 1
 * when it does not. In Node's own words, because the image has no curl.
 */
import { get } from 'node:http';

const TIMEOUT_MS = 4_000;

const { PORT: port = '5000' } = process.env;
const request = get(
  { host: '127.0.0.1', port, path: '/health/ready', timeout: TIMEOUT_MS },
  (response) => {
    response.resume();
    process.exitCode = response.statusCode === 200 ? 0 : 1;
  },
);
request.on('timeout', () => request.destroy(new Error(`no answer in ${TIMEOUT_MS} ms`)));
request.on('error', (error) => {
  console.error(error.message);
  process.exitCode = 1;
});
