import { mkdtempDisposable, readdir, readlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AttachmentDto } from '../../server/src/chat/attachments/attachments.dto.js';
import { jpegOf, pngOf, pngWithHeader } from '../../server/src/chat/attachments/testing/images.js';
import {
  bombPdf,
  endlessPdf,
  lockedPdf,
  pdfOf,
} from '../../server/src/chat/attachments/testing/pdfs.js';
import { ChatPage } from '../support/chat/chat-page.js';
import { FileSender, type SentFile } from '../support/chat/file-sender.js';
import { LumenServer } from '../support/lumen/lumen-server.js';
import { residentMemory } from '../support/resident-memory.js';
import { until } from '../support/until.js';

const MEGABYTE = 1_000_000;
const MIB = 2 ** 20;
const PROGRAM = Buffer.concat([Buffer.from('MZ\x90\0\x03\0\0\0'), Buffer.alloc(200)]);
const ARCHIVE = Buffer.concat([Buffer.from('504b0304140000000800', 'hex'), Buffer.alloc(60)]);
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>';
const UPLOAD = `chat:
  upload: { max_size_mb: 3, max_text_chars: 1000, max_pdf_pages: 3, extract_timeout_s: 8 }`;
const onLinux = process.platform === 'linux' ? it : it.skip;

describe('files attached over a socket', () => {
  const running = new AsyncDisposableStack();
  let directory: string;
  let server: LumenServer;
  let files: FileSender;

  beforeAll(async () => {
    const made = running.use(await mkdtempDisposable(path.join(tmpdir(), 'lumen-attachments-')));
    directory = made.path;
    const environment = { TMPDIR: directory };
    server = running.use(await LumenServer.start({ extra: UPLOAD, environment }));
    files = new FileSender(await ChatPage.open(server.url));
  }, 60_000);
  afterAll(() => running.disposeAsync());

  /** Temporary files that the server has open. */
  const openFiles = async () => {
    const fds = `/proc/${server.pid}/fd`;
    const links = (await readdir(fds)).map((fd) => readlink(path.join(fds, fd)).catch(() => ''));
    return (await Promise.all(links)).filter((link) => link.startsWith(directory));
  };

  describe('are taken', () => {
    it.each<[string, string, Buffer | string, Partial<AttachmentDto>]>([
      ['text', 'a.py', 'print("ü")', { kind: 'text', textChars: 10, isCut: false }],
      ['older text', 'a.csv', Buffer.from('ü;1', 'latin1'), { kind: 'text', textChars: 3 }],
      ['long text', 'a.txt', 'x'.repeat(2_000), { textChars: 1_000, isCut: true, tokens: 250 }],
      ['a photograph', 'a.jpg', jpegOf(4_000, 3_000), { kind: 'image', mediaType: 'image/jpeg' }],
      ['a PDF', 'a.pdf', pdfOf(['Hello', 'world']), { kind: 'pdf', textChars: 12, isCut: false }],
      [
        'a PDF of many pages',
        'b.pdf',
        pdfOf(Array.from({ length: 9 }, (_, page) => `p${page}`)),
        { kind: 'pdf', textChars: 10, isCut: true },
      ],
    ])('%s', async (_case, name, content, expected) => {
      const given = await files.give(name, content);
      expect(given).toMatchObject({ name, size: Buffer.byteLength(content), ...expected });
      const answer = await files.contentOf(given.id);
      expect(Buffer.from(await answer.arrayBuffer()).equals(Buffer.from(content))).toBe(true);
    });

    it('many at a time', async () => {
      const all = Array.from({ length: 8 }, (_, index) =>
        files.give(`${index}.pdf`, pdfOf([`number ${index}`])),
      );
      const given = await Promise.all(all);
      expect(given.every(({ textChars }) => textChars === 8)).toBe(true);
    });

    onLinux('and leave nothing on the disk outside the database', async () => {
      await files.give('a.txt', 'text');
      expect(await readdir(directory)).toEqual([]);
      await until(async () => (await openFiles()).length === 0);
    });
  });

  describe('are refused with a reason', () => {
    it.each<[string, string, Buffer | string, number, string, RegExp]>([
      ['of no allowed kind', 'a.exe', PROGRAM, 415, 'extension', /\.exe are not taken here/],
      ['without an ending', 'Makefile', 'all:', 415, 'extension', /has no ending/],
      ['an image renamed', 'a.txt', pngOf(1, 1), 415, 'mismatch', /is an image \(PNG\)/],
      ['a program renamed', 'a.pdf', PROGRAM, 415, 'mismatch', /is a program \(EXE\)/],
      ['an archive renamed', 'a.csv', ARCHIVE, 415, 'mismatch', /is an archive \(ZIP\)/],
      ['text renamed', 'a.png', 'hello', 415, 'mismatch', /is text/],
      ['a drawing renamed', 'a.png', SVG, 415, 'mismatch', /text \(SVG\)/],
      ['noise', 'a.txt', Buffer.from([1, 0, 200]), 415, 'unknown_type', /neither text nor/],
      ['too large', 'a.txt', 'x'.repeat(3 * MEGABYTE + 1), 413, 'too_large', /\(3 MB\)/],
      ['an image bomb', 'a.png', pngWithHeader(60_000, 60_000), 400, 'too_many_pixels', /60000 × /],
      ['a long image', 'a.png', pngWithHeader(20_000, 1), 400, 'too_many_pixels', /on a side/],
      ['a broken image', 'a.png', pngOf(1, 1).subarray(0, 18), 400, 'broken', /is broken/],
      ['a locked PDF', 'a.pdf', lockedPdf(), 400, 'password', /needs a password/],
      ['a broken PDF', 'a.pdf', '%PDF-1.7 nonsense', 400, 'broken', /is broken/],
      ['a PDF cut short', 'a.pdf', pdfOf(['x']).subarray(0, 300), 400, 'broken', /is broken/],
      ['a PDF of pictures', 'a.pdf', pdfOf(['']), 400, 'no_text', /has no text/],
    ])('%s', async (_case, name, content, status, reason, message) => {
      const refused = await files.send(name, content);
      expect(refused).toMatchObject({
        status,
        refusal: { details: { reason }, message: expect.stringMatching(message) },
      });
    });

    it('a PDF that unpacks to gigabytes, without taking the memory', async () => {
      const before = await residentMemory(server.pid);
      const refused = await files.send('bomb.pdf', bombPdf(150 * MIB));
      expect(refused.refusal.details?.reason).toBe('too_complex');
      expect(refused.refusal.message).toMatch(/too much memory/);
      expect((await residentMemory(server.pid)) - before).toBeLessThan(300 * MIB);
    });

    it('a PDF that takes for ever, while others go on', async () => {
      const slow = files.send('slow.pdf', endlessPdf());
      const quick = await files.give('quick.pdf', pdfOf(['quick']));
      expect(quick.textChars).toBe(5);
      const { refusal } = await slow;
      expect(['too_long', 'too_complex']).toContain(refusal.details?.reason);
      expect(refusal.message).toMatch(/Attach the pages of it that matter/);
    });

    const part = (head: string, content: string) => `--XX\r\n${head}\r\n\r\n${content}\r\n`;
    const file = part('Content-Disposition: form-data; name="file"; filename="a.txt"', 'text');
    it.each<[string, string, string, number]>([
      ['is JSON', '{}', 'application/json', 415],
      ['has no boundary', file, 'multipart/form-data', 400],
      ['has no file', '--XX--\r\n', 'multipart/form-data; boundary=XX', 400],
      ['breaks off', file.slice(0, 70), 'multipart/form-data; boundary=XX', 400],
      ['has two files', `${file}${file}--XX--\r\n`, 'multipart/form-data; boundary=XX', 400],
      [
        'has a field of another name',
        `${file.replace('"file"', '"other"')}--XX--\r\n`,
        'multipart/form-data; boundary=XX',
        400,
      ],
      [
        'has an empty file',
        `${part('Content-Disposition: form-data; name="file"; filename="a.txt"', '')}--XX--\r\n`,
        'multipart/form-data; boundary=XX',
        400,
      ],
    ])('a body that %s', async (_case, body, type, status) => {
      const refused: SentFile = await files.post(body, type);
      expect(refused.status).toBe(status);
      expect(refused.refusal.message.length).toBeGreaterThan(20);
    });

    it('one that never says how long it is, as soon as it is too long', async () => {
      const head = part('Content-Disposition: form-data; name="file"; filename="a.txt"', '');
      let sent = 0;
      const body = new ReadableStream<Uint8Array>({
        start: (controller) => controller.enqueue(Buffer.from(head.slice(0, -2))),
        pull: (controller) => {
          sent += MIB;
          controller.enqueue(new Uint8Array(MIB).fill(0x61));
          if (sent > 20 * MIB) controller.close();
        },
      });
      const refused = await files.post(body, 'multipart/form-data; boundary=XX');
      expect([refused.status, refused.refusal.details?.reason]).toEqual([413, 'too_large']);
    });
  });

  onLinux('are forgotten when the person leaves in the middle', async () => {
    const { headers, url } = await ChatPage.open(server.url);
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(
      `POST /chat/attachments HTTP/1.1\r\nhost: ${hostname}\r\n${lines.join('')}` +
        'content-type: multipart/form-data; boundary=XX\r\ncontent-length: 1000000\r\n\r\n' +
        '--XX\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nbegin',
    );
    await until(async () => (await openFiles()).length > 0);
    socket.destroy();
    await until(async () => (await openFiles()).length === 0);
  });
});
