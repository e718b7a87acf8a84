import { mkdtempDisposable, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { AppError } from '../../errors/app-error.js';
import { FORM_ROOM_BYTES, FormReader, type FormTerms } from './form-reader.js';
import { TemporaryFile } from './temporary-file.js';

const KIB = 1024;
const TYPE = 'multipart/form-data; boundary=XX';
const AUDIO = Buffer.from(Array.from({ length: 3_000 }, (_, i) => (i * 31) % 256));

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

/** In pieces of so many bytes, the last of them again and again. */
function source(bytes: Buffer, ...sizes: number[]): Readable {
  const pieces: Buffer[] = [];
  for (let at = 0, size = 1_000; at < bytes.length; at += size) {
    size = sizes.shift() ?? size;
    pieces.push(bytes.subarray(at, at + size));
  }
  return Readable.from(pieces, { objectMode: false });
}

type Options = { type?: string } & Partial<FormTerms>;

async function read(
  from: Readable | Buffer,
  { type = TYPE, fileBytes = 64 * KIB, ...terms }: Options = {},
) {
  const target = await TemporaryFile.create();
  try {
    const reader = new FormReader(target, { fileBytes, unnamed: 'audio', ...terms });
    const parts = await reader.read(Buffer.isBuffer(from) ? source(from) : from, type);
    return { parts, content: await buffer(target.chunks()) };
  } finally {
    await target.close();
  }
}

const refusal = (from: Readable | Buffer, options?: Parameters<typeof read>[1]) =>
  read(from, options).then(
    () => null,
    (error: unknown) => error as AppError,
  );

describe('a form with a file', () => {
  it.each([[1_000], [16 * KIB], [64 * KIB], [200 * KIB], [19_276, 15_345, 16_440, 56_790, 15_708]])(
    'is read past a long part that nobody wants, in pieces of %i bytes and so on',
    async (...sizes) => {
      for (const unwanted of ['X-Nothing: x', 'Content-Disposition: attachment']) {
        const long = part(unwanted, Buffer.alloc(190_000, 'x'));
        for (const parts of [form(file(), long), form(long, file())]) {
          expect((await read(source(parts, ...sizes))).content).toEqual(AUDIO);
        }
      }
    },
  );

  it.each([1, 7, 1_000, 100_000])('is read as it came, in pieces of %d bytes', async (size) => {
    const bytes = form(field('prompt', 'Umlauts: äöü 🎤'), file(), field('empty', ''));
    const { parts, content } = await read(source(bytes, size));
    expect(content.equals(AUDIO)).toBe(true);
    const plain = { kind: 'field', contentType: null };
    expect(parts).toEqual([
      { ...plain, name: 'prompt', value: 'Umlauts: äöü 🎤' },
      { kind: 'file', name: 'file', filename: 'a.wav', contentType: 'audio/wav' },
      { ...plain, name: 'empty', value: '' },
    ]);
  });

  it.each([
    ['nothing', '', 'audio'],
    ['a path', '/etc/../a.wav', 'a.wav'],
    ['a long name, which keeps its ending', `${'x'.repeat(300)}.wav`, `${'x'.repeat(196)}.wav`],
  ])('gets a name for its file: %s', async (_case, given, expected) => {
    const headers = `Content-Disposition: form-data; name="file"; filename="${given}"`;
    const { parts } = await read(form(part(`${headers}\r\nContent-Type: a/b`, 'RIFF')));
    expect(parts).toMatchObject([{ filename: expected }]);
  });

  it('is refused by the name of its file before that comes', async () => {
    const from = new Readable({ read: () => undefined });
    from.push(form(file()).subarray(0, 500));
    const refused = await refusal(from, {
      refusal: (name) => new AppError('conflict', `not ${name}`),
    });
    expect(refused).toMatchObject({ code: 'conflict', message: 'not a.wav' });
  });

  it('is refused in the words of whoever reads it', async () => {
    const refused = await refusal(form(file()), {
      fileBytes: 10,
      tooLarge: () => new AppError('body_too_large', 'larger than ten'),
    });
    expect(refused).toMatchObject({ message: 'larger than ten' });
  });

  it('leaves no file behind, nor has one that others could open', async () => {
    await using directory = await mkdtempDisposable(path.join(tmpdir(), 'lumen-form-'));
    const usual = process.env['TMPDIR'];
    process.env['TMPDIR'] = directory.path;
    const creating = TemporaryFile.create();
    if (usual === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = usual;
    const target = await creating;
    await target.append(AUDIO);
    expect(await readdir(directory.path)).toEqual([]);
    await target.close();
  });

  it.each<[string, Buffer, Parameters<typeof read>[1], string, string | null]>([
    ['without a boundary', form(file()), { type: 'multipart/form-data' }, 'invalid_request', null],
    ['with another boundary', form(file()), { type: `${TYPE}Y` }, 'invalid_request', null],
    ['that is empty', Buffer.alloc(0), {}, 'invalid_request', null],
    ['that has no parts', form(), {}, 'missing_field', 'file'],
    ['without a file', form(field('model', 'm')), {}, 'missing_field', 'file'],
    ['with an empty file', form(file('')), {}, 'invalid_request', 'file'],
    ['with two files', form(file(), file()), {}, 'invalid_request', 'file'],
    ['with the file by another name', form(file(AUDIO, 'audio')), {}, 'invalid_request', 'file'],
    ['whose file is a text', form(field('file', 'x')), {}, 'invalid_request', 'file'],
    ['with a field without a name', form(file(), field('', 'x')), {}, 'invalid_request', null],
    ['that ends in its file', form(file()).subarray(0, 900), {}, 'invalid_request', null],
    [
      'that ends in a field',
      form(field('prompt', 'long')).subarray(0, 55),
      {},
      'invalid_request',
      null,
    ],
    ['that ends in a header', form(file()).subarray(0, 30), {}, 'invalid_request', null],
    ['with a file too large', form(file()), { fileBytes: 2_999 }, 'body_too_large', 'file'],
    ['that is all noise', Buffer.from(AUDIO), {}, 'invalid_request', null],
    [
      'with a thousand fields',
      form(...Array.from({ length: 1_000 }, (_, i) => field(`f${i}`, 'v')), file()),
      {},
      'invalid_request',
      null,
    ],
    [
      'with a field too long',
      form(file(), field('prompt', 'x'.repeat(KIB * KIB + 1))),
      {},
      'invalid_request',
      'prompt',
    ],
    [
      'with fields too long together',
      form(...Array.from({ length: 5 }, () => field('prompt', 'x'.repeat(KIB * KIB - 1))), file()),
      {},
      'invalid_request',
      'prompt',
    ],
    [
      'with endless headers',
      form(part(`Content-Disposition: form-data; name="${'x'.repeat(100_000)}"`, 'x'), file()),
      {},
      'invalid_request',
      null,
    ],
  ])('%s is refused', async (_case, bytes, options, code, param) => {
    const error = await refusal(bytes, options);
    expect(error).toBeInstanceOf(AppError);
    expect({ code: error!.code, param: error!.param ?? null }).toEqual({ code, param });
  });

  it('with exactly as much as may be is taken', async () => {
    const { content } = await read(form(file()), { fileBytes: AUDIO.length });
    expect(content.equals(AUDIO)).toBe(true);
  });

  it('whose sender goes on for ever is refused on the way', async () => {
    const noise = Buffer.alloc(64 * KIB, 'x');
    async function* endless() {
      yield form(file());
      for (;;) {
        await nextTurn();
        yield noise;
      }
    }
    const from = Readable.from(endless(), { objectMode: false });
    await using stack = new AsyncDisposableStack();
    const target = await TemporaryFile.create();
    stack.defer(() => target.close());
    const fileBytes = 64 * KIB;
    const reader = new FormReader(target, { fileBytes, unnamed: 'audio' });
    const error = await reader.read(from, TYPE).then(
      () => null,
      (thrown: unknown) => thrown as AppError,
    );
    from.destroy();
    expect(error?.code ?? 'taken').toMatch(/body_too_large|taken/);
    // Counted until it is given up; what flows on meanwhile depends on the disk.
    expect(reader.receivedBytes).toBeLessThan(fileBytes + FORM_ROOM_BYTES + KIB * KIB);
  });

  it('whose sender leaves is given up', async () => {
    const from = new Readable({ read: () => undefined });
    from.push(form(file()).subarray(0, 500));
    const refused = refusal(from);
    setImmediate(() => from.destroy());
    expect((await refused)!.message).toMatch(/ended before/);
  });

  it('that is given up ends at once', async () => {
    const target = await TemporaryFile.create();
    const reader = new FormReader(target, { fileBytes: KIB, unnamed: 'audio' });
    const reading = reader.read(new Readable({ read: () => undefined }), TYPE);
    reader.giveUp(new Error('too slow'));
    await expect(reading).rejects.toThrow('too slow');
    await target.close();
  });

  it('whose file cannot be stored is refused, not cut', async () => {
    const target = await TemporaryFile.create();
    const full = Object.assign(new Error('full'), { code: 'ENOSPC' });
    target.append = () => Promise.reject(full);
    const reader = new FormReader(target, { fileBytes: KIB * KIB, unnamed: 'audio' });
    await expect(reader.read(source(form(file())), TYPE)).rejects.toMatchObject({
      code: 'overloaded',
      cause: full,
    });
    await target.close();
  });
});
