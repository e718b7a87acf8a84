import { TestBed } from '@angular/core/testing';
import { Router, provideRouter } from '@angular/router';

import { FakeServer, json, refusal } from '../../../testing/fake-server';
import { aSummary } from '../../../testing/fixtures';
import { useLanguage } from '../../../testing/language';
import { type ConversationSummary } from '../../core/api/schema';
import { Toast } from '../../ui/toast';
import { ConversationList } from './conversation-list';

const page = (view: string, cursor = '') =>
  `GET /chat/conversations?${view}&limit=50${cursor && `&cursor=${cursor}`}`;
const at = (minute: number) => `2026-11-20T08:${String(minute).padStart(2, '0')}:00.000Z`;
const listed = (conversations: ConversationSummary[], nextCursor: string | null = null) =>
  json({ conversations, nextCursor });

describe('ConversationList', () => {
  let server: FakeServer;
  let list: ConversationList;
  let toasts: string[];
  let isUndone: boolean;

  const titles = () =>
    list.groups().flatMap(({ conversations }) => conversations.map(({ title }) => title));

  beforeEach(async () => {
    toasts = [];
    isUndone = false;
    server = new FakeServer()
      .on('GET /chat/folders', () => json({ folders: [{ id: 'f-1', name: 'Thesis' }] }))
      .on(page('view=pinned'), () =>
        listed([aSummary({ id: 'c-pin', title: 'Pinned one', isPinned: true })]),
      )
      .on(page('view=recent'), () =>
        listed(
          [
            aSummary({ id: 'c-9', title: 'Nine', updatedAt: at(9) }),
            aSummary({ id: 'c-8', title: 'Eight', updatedAt: at(8), folderId: 'f-1' }),
          ],
          'next',
        ),
      )
      .on(page('view=recent', 'next'), () =>
        listed([aSummary({ id: 'c-7', title: 'Seven', updatedAt: at(7) })]),
      );
    TestBed.configureTestingModule({
      providers: [
        provideRouter([{ path: '**', children: [] }]),
        {
          provide: Toast,
          useValue: {
            show: (text: string) => (toasts.push(text), Promise.resolve(isUndone)),
          },
        },
      ],
    });
    await useLanguage();
    list = TestBed.inject(ConversationList);
    await list.load();
  });

  it('keeps the latest word on a conversation, in whichever order they come', () => {
    const asked = aSummary({ id: 'c-1', updatedAt: at(10), isAnswering: true });
    const answered = aSummary({ id: 'c-1', updatedAt: at(11), isAnswering: false });
    list.put(answered);
    list.put(asked);
    expect(list.summaryOf('c-1')).toMatchObject({ isAnswering: false, updatedAt: at(11) });
    list.put({ ...answered, title: 'Renamed' });
    expect(list.summaryOf('c-1')).toMatchObject({ title: 'Renamed' });
  });

  it('shows pinned ones, loose ones by day, and those in folders only there', async () => {
    expect(list.pinned().map(({ title }) => title)).toEqual(['Pinned one']);
    expect(titles()).toEqual(['Nine']);
    server.on(page('folderId=f-1'), () =>
      listed([aSummary({ id: 'c-8', title: 'Eight', updatedAt: at(8), folderId: 'f-1' })]),
    );
    await list.loadFolder('f-1');
    expect(list.inFolder('f-1').map(({ title }) => title)).toEqual(['Eight']);
  });

  it('reads on, and shows nothing older than what it has read', async () => {
    list.put(aSummary({ id: 'c-old', title: 'Old', updatedAt: at(1) }));
    expect(titles()).toEqual(['Nine']);
    await list.loadMore();
    expect(titles()).toEqual(['Nine', 'Seven', 'Old']);
    expect(list.recentPart.hasMore()).toBe(false);
  });

  it('reads on past pages of which everything is in folders', async () => {
    const inFolder = aSummary({ id: 'c-6', updatedAt: at(6), folderId: 'f-1' });
    server.on(page('view=recent', 'next'), () => listed([inFolder], 'third'));
    server.on(page('view=recent', 'third'), () =>
      listed([aSummary({ id: 'c-5', title: 'Five', updatedAt: at(5) })], 'fourth'),
    );
    await list.loadMore();
    expect(titles()).toEqual(['Nine', 'Five']);
  });

  it('keeps what is shown when reading on fails, and can try again', async () => {
    server.on(page('view=recent', 'next'), () => refusal(503, 'unavailable'));
    await list.loadMore();
    expect(list.recentPart.failure()?.code).toBe('unavailable');
    expect(titles()).toEqual(['Nine']);
    server.on(page('view=recent', 'next'), () => listed([]));
    await list.loadMore();
    expect(list.recentPart.failure()).toBeNull();
  });

  it('drops what has gone while nobody told, and keeps what was read further down', async () => {
    await list.loadMore();
    server.on(page('view=recent'), () =>
      listed(
        [
          aSummary({ id: 'c-10', title: 'Ten', updatedAt: at(10) }),
          aSummary({ id: 'c-8', title: 'Eight', updatedAt: at(8), folderId: 'f-1' }),
        ],
        'next',
      ),
    );
    await list.load();
    expect(titles()).toEqual(['Ten', 'Seven']);
  });

  it('shows a new title at once and takes it back when it is refused', async () => {
    server.on('PATCH /chat/conversations/c-9', () => refusal(409, 'conflict'));
    const renaming = list.rename('c-9', ' Better ');
    expect(titles()).toEqual(['Better']);
    await renaming;
    expect(titles()).toEqual(['Nine']);
    expect(toasts).toEqual(['refused: conflict']);
  });

  it('asks nothing for a title that is empty or the same', async () => {
    const asked = server.seen.length;
    await list.rename('c-9', '  ');
    await list.rename('c-9', 'Nine');
    expect(server.seen).toHaveLength(asked);
  });

  it('pins, and moves into a folder and out', async () => {
    const changes: unknown[] = [];
    server.on('PATCH /chat/conversations/c-9', ({ body }) => {
      changes.push(body);
      return json({ ...aSummary({ id: 'c-9', updatedAt: at(9) }), ...(body as object), cost: '0' });
    });
    await list.pin('c-9', true);
    expect(list.pinned()).toHaveLength(2);
    expect(list.summaryOf('c-9')).not.toHaveProperty('cost');
    await list.move('c-9', 'f-1');
    await list.move('c-9', null);
    expect(changes).toEqual([{ isPinned: true }, { folderId: 'f-1' }, { folderId: null }]);
  });

  it('deletes, and brings it back', async () => {
    server.on('DELETE /chat/conversations/c-9', () => json(null, 204));
    server.on('POST /chat/conversations/c-9/restoration', () =>
      json(aSummary({ id: 'c-9', title: 'Nine', updatedAt: at(9) })),
    );
    isUndone = true;
    const removing = list.remove('c-9');
    expect(titles()).toEqual([]);
    await removing;
    expect(titles()).toEqual(['Nine']);
    expect(toasts).toEqual(['“Nine” was deleted.']);
  });

  it('leaves the open conversation when it is deleted, and returns with it', async () => {
    const router = TestBed.inject(Router);
    await router.navigateByUrl('/chat/c-9');
    server.on('DELETE /chat/conversations/c-9', () => json(null, 204));
    await list.remove('c-9');
    expect(router.url).toBe('/chat');
  });

  it('stays where somebody has gone while the open conversation was being deleted', async () => {
    const router = TestBed.inject(Router);
    await router.navigateByUrl('/chat/c-9');
    let answer = (_answer: Response): void => undefined;
    const answered = new Promise<Response>((resolve) => (answer = resolve));
    server.on('DELETE /chat/conversations/c-9', () => answered);
    const removing = list.remove('c-9');
    await router.navigateByUrl('/chat/c-8');
    answer(json(null, 204));
    await removing;
    expect(router.url).toBe('/chat/c-8');
  });

  it('shows again what could not be deleted', async () => {
    server.on('DELETE /chat/conversations/c-9', () => refusal(503, 'unavailable'));
    await list.remove('c-9');
    expect(titles()).toEqual(['Nine']);
  });

  it('archives with a way back', async () => {
    server.on('PATCH /chat/conversations/c-9', ({ body }) =>
      json({ ...aSummary({ id: 'c-9', title: 'Nine', updatedAt: at(9) }), ...(body as object) }),
    );
    await list.archive('c-9');
    expect(titles()).toEqual([]);
    isUndone = true;
    await list.archive('c-9');
    expect(titles()).toEqual(['Nine']);
  });
});
