import { buffer, text } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { FormReader } from '../../infrastructure/http/forms/form-reader.js';
import { TemporaryFile } from '../../infrastructure/http/forms/temporary-file.js';
import { AudioForm } from './audio-form.js';

const KIB = 1024;
const TYPE = 'multipart/form-data; boundary=XX';
const AUDIO = Buffer.from(Array.from({ length: 3_000 }, (_, i) => (i * 31) % 256));
const LENGTH = { most: 2_000, plausible: 2_000, likely: 1_000, isMeasured: true };

const part = (headers: string, content: string | Buffer) =>
  Buffer.concat([
    Buffer.from(`--XX\r\n${headers}\r\n\r\n`),
    Buffer.from(content),
    Buffer.from('\r\n'),
  ]);
const field = (name: string, value: string | Buffer) =>
  part(`Content-Disposition: form-data; name="${name}"`, value);
const file = (content: string | Buffer = AUDIO, name = 'file') =>
  part(
    `Content-Disposition: form-data; name="${name}"; filename="a.wav"\r\nContent-Type: audio/wav`,
    content,
  );
const form = (...parts: Buffer[]) => Buffer.concat([...parts, Buffer.from('--XX--\r\n')]);

/** In pieces of so many bytes. */
function source(bytes: Buffer, size = 1_000): Readable {
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
  return Readable.from(pieces, { objectMode: false });
}

async function read(from: Readable | Buffer) {
  const target = await TemporaryFile.create();
  try {
    const reader = new FormReader(target, { fileBytes: 64 * KIB, unnamed: 'audio' });
    const parts = await reader.read(Buffer.isBuffer(from) ? source(from) : from, TYPE);
    const read = new AudioForm(parts, LENGTH, target);
    const { contentType, contentLength, body } = read.bodyWith('real-name');
    return { parts, sent: await buffer(body), contentType, contentLength };
  } finally {
    await target.close();
  }
}

describe('a form with audio', () => {
  it.each([1, 7, 1_000, 100_000])('is told on as it came, in pieces of %d bytes', async (size) => {
    const bytes = form(
      field('prompt', 'Umlauts: äöü 🎤'),
      file(),
      field('timestamp_granularities[]', 'word'),
      field('model', 'mine'),
      field('timestamp_granularities[]', 'segment'),
      field('empty', ''),
    );
    const { sent, contentType, contentLength } = await read(source(bytes, size));
    const boundary = contentType.split('boundary=')[1]!;
    expect(sent.length).toBe(contentLength);
    const expected = bytes.toString('latin1').replace('\r\nmine\r\n', '\r\nreal-name\r\n');
    expect(sent.toString('latin1').replaceAll(boundary, 'XX')).toBe(expected);
  });

  it('gets a model where it names none', async () => {
    const { sent } = await read(form(file()));
    const text = sent.toString('latin1');
    expect(text).toContain('name="model"\r\n\r\nreal-name\r\n');
    expect(text.indexOf('name="model"')).toBeLessThan(text.indexOf('name="file"'));
  });

  it('is read as often as it is needed', async () => {
    const target = await TemporaryFile.create();
    const parts = await new FormReader(target, { fileBytes: KIB * KIB, unnamed: 'audio' }).read(
      source(form(file())),
      TYPE,
    );
    const kept = new AudioForm(parts, LENGTH, target);
    const [one, two] = await Promise.all(
      ['a', 'b'].map((name) => buffer(kept.bodyWith(name).body)),
    );
    expect(one!.includes(AUDIO)).toBe(true);
    expect(two!.includes(AUDIO)).toBe(true);
    await target.close();
  });

  it('lets no name and no type end the header that it stands in', async () => {
    const target = await TemporaryFile.create();
    const evil = 'a"\r\nX-Evil: 1';
    const parts = [
      { kind: 'field' as const, name: evil, value: 'v', contentType: `text/plain\r\nX-Evil: 2` },
      { kind: 'file' as const, name: 'file', filename: evil, contentType: 'x/y\nX-Evil: 3' },
    ];
    const sent = await text(new AudioForm(parts, LENGTH, target).bodyWith('m').body);
    await target.close();
    expect(sent).not.toMatch(/^X-Evil/im);
    expect(sent).toContain('name="a%22%0D%0AX-Evil: 1"');
  });

  it('takes names with quotes in them as browsers and others write them', async () => {
    const headers = 'Content-Disposition: form-data; name="file"; filename="a\\"b%22.wav"';
    const { sent } = await read(form(part(headers, 'RIFF')));
    expect(sent.toString()).toContain('name="file"; filename="a%22b%22.wav"');
  });
});
