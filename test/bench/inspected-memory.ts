import { once } from 'node:events';

/** What a process keeps, in bytes, when everything that can be collected has been. */
export interface KeptMemory {
  /** On V8's heap. */
  heapUsed: number;
  /** Buffers and what native code holds for objects. */
  external: number;
  rss: number;
}

/** Asks a process that was started with `--inspect` at this address. */
export async function keptMemory(inspector: string): Promise<KeptMemory> {
  const socket = new WebSocket(inspector);
  await once(socket, 'open');
  let lastId = 0;
  const call = async (method: string, params: object = {}): Promise<unknown> => {
    lastId += 1;
    const id = lastId;
    const answered = new Promise<unknown>((resolve) => {
      socket.addEventListener('message', function listener({ data }) {
        const message = JSON.parse(String(data)) as { id?: number; result?: unknown };
        if (message.id !== id) return;
        socket.removeEventListener('message', listener);
        resolve(message.result);
      });
    });
    socket.send(JSON.stringify({ id, method, params }));
    return answered;
  };
  await call('HeapProfiler.collectGarbage');
  await call('HeapProfiler.collectGarbage');
  const expression = 'JSON.stringify(process.memoryUsage())';
  const { result } = (await call('Runtime.evaluate', { expression })) as {
    result: { value: string };
  };
  socket.close();
  const { heapUsed, external, rss } = JSON.parse(result.value) as KeptMemory;
  return { heapUsed, external, rss };
}
