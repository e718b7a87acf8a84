import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const FORMAT = 'v1';
const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
const KEY_ID_BYTES = 6;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

interface CipherKey {
  readonly id: string;
  readonly bytes: Buffer;
}

interface ConfiguredKeys {
  readonly encryptionKey: { reveal(): string };
  readonly previousEncryptionKeys: readonly { reveal(): string }[];
}

/** What was sealed cannot be read: it was changed, belongs elsewhere, or its key is not in force. */
export class UnreadableSecretError extends Error {}

/**
 * Encrypts secrets for the database: AES-256-GCM with a key derived by HKDF-SHA-256 from a text. The
 * sealed text is `v1.<key id>.<nonce>.<ciphertext and tag>`, so a later key can be in force beside an
 * earlier one. It is bound to a place: copied into another row it cannot be opened.
 */
export class SecretCipher {
  private readonly current: CipherKey;
  private readonly known: ReadonlyMap<string, CipherKey>;

  /** With the keys that are configured. */
  static configured({ encryptionKey, previousEncryptionKeys }: ConfiguredKeys): SecretCipher {
    const previous = previousEncryptionKeys.map((key) => key.reveal());
    return new SecretCipher(encryptionKey.reveal(), previous);
  }

  /** `current` seals; it and `previous` open. */
  constructor(current: string, previous: readonly string[] = []) {
    this.current = deriveKey(current);
    this.known = new Map([...previous.map(deriveKey), this.current].map((key) => [key.id, key]));
  }

  /** `place` names where the secret is kept, such as `provider:<id>`; opening needs the same. */
  seal(secret: string, place: string): string {
    return this.sealBytes(Buffer.from(secret, 'utf8'), place);
  }

  /** The same for what is no text. */
  sealBytes(bytes: Uint8Array, place: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.current.bytes, nonce);
    cipher.setAAD(boundTo(this.current.id, place));
    const sealed = Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
    const parts = [nonce, sealed].map((part) => part.toString('base64url'));
    return [FORMAT, this.current.id, ...parts].join('.');
  }

  /** @throws UnreadableSecretError */
  open(sealed: string, place: string): string {
    return this.openBytes(sealed, place).toString('utf8');
  }

  /** What `sealBytes` sealed. @throws UnreadableSecretError */
  openBytes(sealed: string, place: string): Buffer {
    const [format, keyId = '', nonce = '', body = '', ...rest] = sealed.split('.');
    const key = this.known.get(keyId);
    if (format !== FORMAT || rest.length > 0 || !key) throw unreadable();
    try {
      return decrypt(key, { nonce, body, place });
    } catch (cause) {
      throw unreadable(cause);
    }
  }

  /** Whether it was sealed by an earlier key and should be sealed again. */
  isOutdated(sealed: string): boolean {
    return !sealed.startsWith(`${FORMAT}.${this.current.id}.`);
  }
}

function decrypt(key: CipherKey, parts: { nonce: string; body: string; place: string }): Buffer {
  const bytes = Buffer.from(parts.body, 'base64url');
  const tag = bytes.subarray(-TAG_BYTES);
  const nonce = Buffer.from(parts.nonce, 'base64url');
  const decipher = createDecipheriv(ALGORITHM, key.bytes, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(boundTo(key.id, parts.place));
  decipher.setAuthTag(tag);
  const opened = [decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()];
  return Buffer.concat(opened);
}

function boundTo(keyId: string, place: string): Buffer {
  return Buffer.from(`${FORMAT}.${keyId}.${place}`);
}

/** What a key is called in what it sealed; derived apart from the key, so that it tells nothing of it. */
export function keyIdOf(text: string): string {
  return derive(text, 'key id', KEY_ID_BYTES).toString('base64url');
}

function deriveKey(text: string): CipherKey {
  return { id: keyIdOf(text), bytes: derive(text, 'key', KEY_BYTES) };
}

function derive(text: string, purpose: string, length: number): Buffer {
  return Buffer.from(hkdfSync('sha256', text, '', `lumen secrets ${FORMAT} ${purpose}`, length));
}

function unreadable(cause?: unknown): UnreadableSecretError {
  const message = 'The sealed text was changed, or the key that sealed it is not in force.';
  return new UnreadableSecretError(message, { cause });
}
