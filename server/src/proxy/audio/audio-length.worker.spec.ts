import { describe, expect, it } from '@jest/globals';
import { measure } from './audio-length.worker.js';
import { TemporaryFile } from '../../infrastructure/http/forms/temporary-file.js';

const RATE = 16_000;

async function measured(...pieces: Buffer[]) {
  const file = await TemporaryFile.create();
  try {
    for (const piece of pieces) await file.append(piece);
    return await measure({ descriptor: file.descriptor, size: file.size });
  } catch {
    return 'unreadable';
  } finally {
    await file.close();
  }
}

/** The header of `bytes` of mono samples of 16 bits; `told` in its place where it lies. */
function wavHeader(bytes: number, told = bytes): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(Math.min(told + 36, 0xffffffff), 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(RATE, 24);
  header.writeUInt32LE(RATE * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(told, 40);
  return header;
}

/** Frames of MPEG 1, layer 3, 128 kbit/s, 44.1 kHz: 417 bytes and 26.122 ms each. */
function mp3(frames: number): Buffer {
  const frame = Buffer.alloc(417);
  Buffer.from([0xff, 0xfb, 0x90, 0x64]).copy(frame);
  return Buffer.concat(Array.from({ length: frames }, () => frame));
}

const noise = (bytes: number) =>
  Buffer.from(Array.from({ length: bytes }, (_, i) => (i * 7919 + (i >> 3) * 104_729) % 256));

describe('measuring audio', () => {
  it.each([
    ['two seconds', wavHeader(64_000), 64_000, 2_000],
    ['what was cut', wavHeader(640_000), 64_000, 2_000],
    ['what a recorder left open', wavHeader(64_000, 0xffffffff), 64_000, 2_000],
  ])('reads samples: %s', async (_case, header, bytes, durationMs) => {
    const found = await measured(header, Buffer.alloc(bytes));
    expect(found).toEqual({ durationMs, rawBitrate: 256_000, hasVideo: false });
  });

  it('says what samples weigh where the file says nothing of their number', async () => {
    const found = await measured(wavHeader(64_000, 0), Buffer.alloc(64_000));
    expect(found).toEqual({ durationMs: null, rawBitrate: 256_000, hasVideo: false });
  });

  it('counts the frames of what is compressed', async () => {
    const found = await measured(mp3(400));
    expect(found).toMatchObject({ rawBitrate: null, hasVideo: false });
    expect((found as { durationMs: number }).durationMs).toBeCloseTo(400 * 26.122, -2);
  });

  it.each<[string, Buffer[]]>([
    ['nothing', []],
    ['a byte', [Buffer.from('R')]],
    ['half a header', [wavHeader(64_000).subarray(0, 20)]],
    ['noise', [noise(200_000)]],
    ['zeros', [Buffer.alloc(1_000_000)]],
    ['a tag longer than the file', [Buffer.from('ID3\x04\x00\x00\x7f\x7f\x7f\x7f'), noise(5_000)]],
    ['an Ogg of noise', [Buffer.from('OggS'), noise(50_000)]],
    ['a FLAC of noise', [Buffer.from('fLaC'), noise(50_000)]],
    ['an MP4 of noise', [Buffer.from('\0\0\0\x18ftypM4A \0\0\0\0'), noise(50_000)]],
    [
      'an MP4 whose box has no size',
      [
        Buffer.from('\0\0\0\x18ftypM4A \0\0\0\0M4A isom\0\0\0\x01moov\0\0\0\0\0\0\0\0'),
        Buffer.alloc(50_000),
      ],
    ],
    ['a WebM of noise', [Buffer.from([0x1a, 0x45, 0xdf, 0xa3]), noise(50_000)]],
    [
      'chunks of no length',
      [wavHeader(0).subarray(0, 36), Buffer.from('junk\0\0\0\0'.repeat(20_000))],
    ],
    [
      'a list that reads back',
      [
        wavHeader(0).subarray(0, 36),
        Buffer.from('LIST\xff\xff\xff\xffINFO', 'latin1'),
        noise(5_000),
      ],
    ],
  ])('comes to an end with %s', async (_case, pieces) => {
    const startedMs = performance.now();
    const found = await measured(...pieces);
    expect(performance.now() - startedMs).toBeLessThan(5_000);
    expect(found === 'unreadable' || typeof found?.hasVideo === 'boolean').toBe(true);
  });
});
