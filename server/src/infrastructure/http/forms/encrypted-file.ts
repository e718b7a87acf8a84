import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { type FormTarget } from './form-reader.js';
import { TemporaryFile } from './temporary-file.js';

const ALGORITHM = 'aes-256-ctr';
const KEY_BYTES = 32;
const COUNTER_BYTES = 16;

/**
 * A temporary file whose content the disk only has encrypted, with a key that is nowhere but in this
 * process's memory and serves for this file alone.
 */
export class EncryptedFile implements FormTarget, AsyncDisposable {
  private readonly key = randomBytes(KEY_BYTES);
  private readonly counter = randomBytes(COUNTER_BYTES);
  private readonly cipher = createCipheriv(ALGORITHM, this.key, this.counter);

  /** It closes the file, which is empty yet, when it is disposed of. */
  constructor(private readonly file: TemporaryFile) {}

  static async create(): Promise<EncryptedFile> {
    return new EncryptedFile(await TemporaryFile.create());
  }

  /** Bytes written so far. */
  get size(): number {
    return this.file.size;
  }

  /** Puts bytes at the end; one call at a time. */
  append(bytes: Uint8Array): Promise<void> {
    return this.file.append(this.cipher.update(bytes));
  }

  /** The whole content from its beginning, however often it is read. */
  async *chunks(): AsyncGenerator<Buffer> {
    const decipher = createDecipheriv(ALGORITHM, this.key, this.counter);
    for await (const chunk of this.file.chunks()) yield decipher.update(chunk);
  }

  /** The first bytes, as far as there are so many. */
  async head(length: number): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of this.chunks()) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= length) break;
    }
    return Buffer.concat(chunks).subarray(0, length);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.file.close();
  }
}
