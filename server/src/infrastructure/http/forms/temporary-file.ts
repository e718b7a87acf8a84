import { randomUUID } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const CHUNK_BYTES = 64 * 1024;
const OWNER_ONLY = 0o600;

/**
 * A file without a name: it is unlinked as soon as it is open, so that the system takes its room back
 * when it is closed, or when this process ends in whichever way.
 */
export class TemporaryFile {
  private written = 0;

  private constructor(private readonly handle: FileHandle) {}

  /** In the directory that the system has for such files (`TMPDIR`). */
  static async create(): Promise<TemporaryFile> {
    const name = path.join(tmpdir(), `lumen-upload-${randomUUID()}`);
    const handle = await open(name, 'wx+', OWNER_ONLY);
    try {
      await unlink(name);
    } catch (error) {
      await handle.close();
      throw error;
    }
    return new TemporaryFile(handle);
  }

  /** Bytes written so far. */
  get size(): number {
    return this.written;
  }

  /** For those who read it by themselves, before it is closed. */
  get descriptor(): number {
    return this.handle.fd;
  }

  /** Puts bytes at the end; one call at a time. */
  async append(bytes: Uint8Array): Promise<void> {
    let done = 0;
    while (done < bytes.length) {
      const left = bytes.length - done;
      const { bytesWritten } = await this.handle.write(bytes, done, left, this.written);
      done += bytesWritten;
      this.written += bytesWritten;
    }
  }

  /** The whole content from its beginning, however often and by however many it is read. */
  async *chunks(): AsyncGenerator<Buffer> {
    let at = 0;
    while (at < this.written) {
      const chunk = Buffer.allocUnsafeSlow(Math.min(CHUNK_BYTES, this.written - at));
      const { bytesRead } = await this.handle.read(chunk, 0, chunk.length, at);
      if (bytesRead === 0) throw new Error('The temporary file is shorter than what was written.');
      at += bytesRead;
      yield chunk.subarray(0, bytesRead);
    }
  }

  async close(): Promise<void> {
    await this.handle.close();
  }
}
