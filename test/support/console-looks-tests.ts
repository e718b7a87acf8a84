import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type FilledPlace, startFilledStage } from './console-place.js';
import { showView, type View } from './console-views.js';
import { faultsInLooks } from './looks.js';
import { type WatchedPage } from './page-watch.js';

/** Each look of a page is a picture and a run of axe. */
const LONG = 120_000;

/** Walks through the pages in one window of whoever they are for. */
export function describeLooks(name: string, views: readonly View[]): void {
  describe(`the looks of the pages for ${name}`, () => {
    let place: FilledPlace;
    let watched: WatchedPage;

    beforeAll(async () => {
      place = await startFilledStage();
      watched = await place.stage.open(views[0]!.kind, '/api/me');
    }, 120_000);

    afterAll(() => place?.stage[Symbol.asyncDispose]());

    afterEach(() => {
      // Some pages are there to show what is refused; the browser writes a line of it.
      const errors = watched.errors.splice(0).filter((each) => !/status of 40[03]/.test(each));
      expect([...errors, ...watched.foreignRequests]).toEqual([]);
    });

    it.each(views)(
      '$name stands up to axe and to whoever looks, down to 320 pixels',
      async (view) => {
        await showView(watched.page, view, place);
        expect(await faultsInLooks(watched, view.name)).toEqual([]);
      },
      LONG,
    );
  });
}
