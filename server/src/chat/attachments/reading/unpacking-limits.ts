/** Something was to unpack to more than it may. */
export class TooMuchUnpackedError extends RangeError {}

/**
 * From now on nothing in this thread unpacks to more than `mostBytes` in one piece: no
 * `DecompressionStream` does, and nothing gets a `Uint8Array` that is larger, which is what those
 * fill who unpack by themselves. `refused` is called when it is tried.
 */
export function limitUnpacking(mostBytes: number, refused: () => void): void {
  const refuse = () => {
    refused();
    return new TooMuchUnpackedError(`More than ${mostBytes} bytes are unpacked at once.`);
  };
  globalThis.Uint8Array = limitedArrays(mostBytes, refuse);
  globalThis.DecompressionStream = limitedStreams(mostBytes, refuse);
}

function limitedArrays(mostBytes: number, refuse: () => Error): typeof Uint8Array {
  const limited: typeof Uint8Array = new Proxy(Uint8Array, {
    construct(target, parameters: unknown[], newTarget) {
      const [size] = parameters;
      if (typeof size === 'number' && size > mostBytes) throw refuse();
      const made = newTarget === limited ? target : newTarget;
      return Reflect.construct(target, parameters, made) as object;
    },
  });
  return limited;
}

function limitedStreams(mostBytes: number, refuse: () => Error): typeof DecompressionStream {
  const Unlimited = globalThis.DecompressionStream;
  return class Limited {
    readonly readable: ReadableStream;
    readonly writable: WritableStream;

    constructor(format: ConstructorParameters<typeof DecompressionStream>[0]) {
      const unpacking = new Unlimited(format);
      let bytes = 0;
      const counted = new TransformStream<Uint8Array, Uint8Array>({
        transform: (chunk, controller) => {
          bytes += chunk.byteLength;
          if (bytes > mostBytes) throw refuse();
          controller.enqueue(chunk);
        },
      });
      this.readable = unpacking.readable.pipeThrough(counted);
      this.writable = unpacking.writable;
    }
  };
}
