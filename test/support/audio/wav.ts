const RATE = 16_000;
const HEADER_BYTES = 44;

/** A WAV file: mono, 16 bits, 16 kHz, so that a second is 32,000 bytes. A soft hum, no two seconds alike. */
export function wav(seconds: number): Buffer {
  const bytes = seconds * RATE * 2;
  const file = Buffer.alloc(HEADER_BYTES + bytes);
  file.write('RIFF', 0);
  file.writeUInt32LE(bytes + HEADER_BYTES - 8, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(RATE, 24);
  file.writeUInt32LE(RATE * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(bytes, 40);
  for (let at = HEADER_BYTES; at < file.length; at += 2) {
    file.writeInt16LE(((at >> 5) * 37) % 1_000, at);
  }
  return file;
}
