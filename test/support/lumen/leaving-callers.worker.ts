import { request } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';

/** Whom the callers ask, and after how many words each of them leaves. */
export interface LeavingOrder {
  url: string;
  key: string;
  words: readonly number[];
}

const { url, key, words } = workerData as LeavingOrder;
const BODY = JSON.stringify({
  model: 'm',
  messages: [{ role: 'user', content: 'hi' }],
  stream: true,
});
const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };

const nowMs = () => Number(process.hrtime.bigint()) / 1e6;

function leave(most: number, requestId: string): Promise<object> {
  const { promise, resolve, reject } = Promise.withResolvers<object>();
  const asked = request(`${url}/v1/chat/completions`, {
    method: 'POST',
    agent: false,
    headers: { ...headers, 'x-request-id': requestId },
  });
  let seen = 0;
  asked.on('response', (answer) => {
    answer.on('error', () => undefined);
    answer.on('data', (bytes: Buffer) => {
      seen += bytes.toString().split('"content":').length - 1;
      if (seen < most || asked.destroyed) return;
      resolve({ requestId, seen, leftAtMs: nowMs() });
      asked.destroy();
    });
    answer.on('end', () => reject(new Error(`${answer.statusCode}: it ended by itself.`)));
  });
  asked.on('error', reject);
  asked.end(BODY);
  return promise;
}

parentPort!.postMessage(
  await Promise.all(words.map((most, index) => leave(most, `caller-${index}`))),
);
