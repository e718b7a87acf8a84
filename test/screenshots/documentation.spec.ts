import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Page } from 'playwright-core';
import { type ConsoleStage, type Kind } from '../support/console-stage.js';
import { untilWhole } from '../support/console-views.js';
import { type WatchedPage } from '../support/page-watch.js';
import { CHAT_PICTURE, PICTURE_NAMES, PICTURES } from '../support/pictures/documented-pictures.js';
import { startPicturedPlace } from '../support/pictures/pictured-place.js';
import { talk } from '../support/pictures/pictured-talk.js';

const FOLDER = path.resolve('docs/images');
const FILES = PICTURE_NAMES.map((name) => `${name}.webp`);
const MOST_BYTES = 80 * 1024;
const QUALITY = 80;

/** `npm run screenshots`: the pictures of the documentation, of the pages as they are now. */
describe('the pictures of the documentation', () => {
  let stage: ConsoleStage;
  const windows = new Map<string, WatchedPage>();

  beforeAll(async () => {
    stage = await startPicturedPlace();
    await mkdir(FOLDER, { recursive: true });
    for (const file of await readdir(FOLDER)) {
      if (!FILES.includes(file)) await rm(path.join(FOLDER, file));
    }
  }, 120_000);

  afterAll(() => stage?.[Symbol.asyncDispose]());

  const open = async (kind: Kind, address: string) => {
    const watched = await stage.open(kind, address);
    // Charts grow; a picture is of what they grow to.
    await watched.page.emulateMedia({ reducedMotion: 'reduce' });
    return watched;
  };
  const keep = async (watched: WatchedPage, name: string) => {
    await watched.settled();
    const picture = await webp(watched.page);
    expect(picture.length).toBeLessThan(MOST_BYTES);
    await writeFile(path.join(FOLDER, `${name}.webp`), picture);
    expect(watched.errors.splice(0)).toEqual([]);
  };

  it(
    CHAT_PICTURE,
    async () => {
      const watched = await open('user', '/chat');
      await talk(watched.page);
      await keep(watched, CHAT_PICTURE);
    },
    60_000,
  );

  it.each(PICTURES)(
    '$name',
    async ({ name, kind, path: address, ready }) => {
      const watched = windows.get(kind) ?? (await open(kind, '/api/me'));
      windows.set(kind, watched);
      await watched.page.goto(address);
      await ready(watched.page);
      await untilWhole(watched.page);
      await keep(watched, name);
    },
    60_000,
  );
});

/** Half the size of a PNG; Playwright itself makes none. */
async function webp(page: Page): Promise<Buffer> {
  const session = await page.context().newCDPSession(page);
  const format = { format: 'webp', quality: QUALITY } as const;
  const { data } = await session.send('Page.captureScreenshot', format);
  await session.detach();
  return Buffer.from(data, 'base64');
}
