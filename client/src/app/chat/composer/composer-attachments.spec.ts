import { TestBed } from '@angular/core/testing';

import { FakeServer, json } from '../../../testing/fake-server';
import { FakeUploads } from '../../../testing/fake-uploads';
import { anAttachment } from '../../../testing/fixtures';
import { useLanguage } from '../../../testing/language';
import { ComposerAttachments } from './composer-attachments';
import { Draft } from './draft';

const LIMITS = { maxBytes: 1000, extensions: ['txt', 'png'], maxFiles: 3, maxTextChars: 100 };

const aFile = (name = 'notes.txt', content = 'hello', type = 'text/plain') =>
  new File([content], name, { type });

describe('ComposerAttachments', () => {
  let server: FakeServer;
  let uploads: FakeUploads;
  let files: ComposerAttachments;

  const item = () => files.items()[0]!;
  const problems = () => files.items().map(({ problem }) => problem?.kind ?? null);

  beforeEach(async () => {
    sessionStorage.clear();
    uploads = new FakeUploads();
    server = new FakeServer().on('GET /chat/options', () =>
      json({ upload: LIMITS, retentionDays: null, removal: 'delete' }),
    );
    await useLanguage();
    files = TestBed.inject(ComposerAttachments);
  });

  afterEach(() => vi.unstubAllGlobals());

  it('sends a file, tells how far it has come, and has it in the end', async () => {
    await files.add([aFile()]);
    expect(item()).toMatchObject({ name: 'notes.txt', size: 5, state: 'uploading' });
    expect(uploads.all[0]).toMatchObject({ method: 'POST', path: '/chat/attachments' });
    expect(uploads.all[0]!.file.name).toBe('notes.txt');
    uploads.all[0]!.progress(1, 4);
    expect(item().progress).toBe(0.25);
    expect(files.isUploading()).toBe(true);
    uploads.all[0]!.answer(201, anAttachment());
    await vi.waitFor(() => expect(files.ready()).toEqual([anAttachment()]));
    expect(files.isUploading()).toBe(false);
    expect(files.tokens()).toBe(2);
  });

  it('refuses at once what the server would not take', async () => {
    const all = [
      aFile('a.exe'),
      aFile('b.txt', 'x'.repeat(1001)),
      aFile('c.txt', ''),
      aFile('README'),
    ];
    await files.add(all);
    expect(problems()).toEqual(['type', 'tooLarge', 'empty', 'type']);
    expect(uploads.all).toHaveLength(0);
  });

  it('takes as many as one question may have', async () => {
    await files.add(['1.txt', '2.txt', '3.TXT', '4.txt'].map((name) => aFile(name)));
    expect(problems()).toEqual([null, null, null, 'tooMany']);
  });

  it('sends two at a time', async () => {
    await files.add(['1.txt', '2.txt', '3.txt'].map((name) => aFile(name)));
    expect(uploads.all).toHaveLength(2);
    uploads.all[0]!.answer(201, anAttachment());
    await vi.waitFor(() => expect(uploads.all).toHaveLength(3));
  });

  it('says why the server refuses a file, which trying again will not change', async () => {
    await files.add([aFile('photo.txt')]);
    uploads.all[0]!.answer(400, { error: { code: 'invalid_request', message: 'It is an image.' } });
    await vi.waitFor(() => expect(item().state).toBe('failed'));
    expect(item().problem).toEqual({ kind: 'refused', reason: 'It is an image.' });
    expect(files.ready()).toEqual([]);
  });

  it('sends a file again that was lost on its way', async () => {
    await files.add([aFile()]);
    uploads.all[0]!.fail();
    await vi.waitFor(() => expect(item().problem?.kind).toBe('lost'));
    files.retry(item().key);
    expect(item()).toMatchObject({ state: 'uploading', problem: null });
    await vi.waitFor(() => expect(uploads.all).toHaveLength(2));
    uploads.all[1]!.answer(201, anAttachment());
    await vi.waitFor(() => expect(item().state).toBe('ready'));
  });

  it('ends the upload of a file that is taken away, and deletes one that is there', async () => {
    server.on('DELETE /chat/attachments/a-1', () => json(null, 204));
    await files.add([aFile()]);
    files.remove(item().key);
    expect(uploads.all[0]!.isAborted).toBe(true);
    expect(files.items()).toEqual([]);
    files.restore([anAttachment()]);
    files.remove(item().key);
    await vi.waitFor(() => expect(server.seen.at(-1)?.method).toBe('DELETE'));
  });

  it('keeps each conversation’s own, and what arrives meanwhile', async () => {
    const draft = TestBed.inject(Draft);
    await files.add([aFile()]);
    draft.use('c-1');
    expect(files.items()).toEqual([]);
    uploads.all[0]!.answer(201, anAttachment());
    await vi.waitFor(() => expect(sessionStorage).toHaveLength(1));
    draft.use(null);
    expect(files.ready()).toEqual([anAttachment()]);
  });

  it('goes along when the new chat gets its id', async () => {
    await files.add([aFile()]);
    TestBed.inject(Draft).adopt('c-1');
    uploads.all[0]!.answer(201, anAttachment());
    await vi.waitFor(() => expect(files.ready()).toEqual([anAttachment()]));
    TestBed.inject(Draft).use(null);
    expect(files.items()).toEqual([]);
  });

  it('survives a reload, and shows images from the server', () => {
    files.restore([anAttachment({ id: 'a-2', kind: 'image', name: 'x.png' })]);
    TestBed.resetTestingModule();
    const again = TestBed.inject(ComposerAttachments);
    expect(again.ready().map(({ id }) => id)).toEqual(['a-2']);
    expect(again.items()[0]!.preview).toBe('/chat/attachments/a-2/content');
  });

  it('leaves the server what was sent, and nothing here', () => {
    files.restore([anAttachment()]);
    files.clear();
    expect(files.items()).toEqual([]);
    expect(sessionStorage).toHaveLength(0);
    expect(server.seen.map(({ method }) => method)).not.toContain('DELETE');
  });

  it('does not give files back over new ones', () => {
    files.restore([anAttachment()]);
    files.restore([anAttachment({ id: 'a-9' })]);
    expect(files.ready().map(({ id }) => id)).toEqual(['a-1']);
  });

  it('gives files back to where they were', () => {
    files.restore([anAttachment()], 'c-1');
    expect(files.items()).toEqual([]);
    TestBed.inject(Draft).use('c-1');
    expect(files.ready()).toEqual([anAttachment()]);
  });

  it('survives what others left in the storage', () => {
    sessionStorage.setItem('lumen.attachments..new', '{"not":"a list"}');
    TestBed.resetTestingModule();
    expect(TestBed.inject(ComposerAttachments).items()).toEqual([]);
  });
});
