import { Component, inject } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';

import { FakeServer, json, refusal } from '../../../testing/fake-server';
import { aConversation, aMessage, anAnswer } from '../../../testing/fixtures';
import { useLanguage } from '../../../testing/language';
import { type Message } from '../../core/api/schema';
import { Toast } from '../../ui/toast';
import { chatAddress } from '../chat-address';
import { ConversationStore } from './conversation-store';
import { ScrollFollow } from './scroll-follow';
import { SoughtMessage } from './sought-message';

const id = (number: number) => `01a1ffdc-7454-7ac5-a1eb-00000000000${number}`;
const MESSAGES = '/chat/conversations/c-1/messages';

@Component({
  imports: [ScrollFollow, SoughtMessage],
  template: `
    <div appScrollFollow appSoughtMessage>
      @for (exchange of store.exchanges(); track exchange.key) {
        <section [attr.data-turns]="exchange.key">
          <article [attr.data-message]="exchange.question?.id">
            <h2 class="turn" tabindex="-1">{{ exchange.question?.content }}</h2>
          </article>
        </section>
      }
    </div>
  `,
})
class Page {
  readonly store = inject(ConversationStore);
}

describe('SoughtMessage', () => {
  let server: FakeServer;
  let harness: RouterTestingHarness;
  let inSight: string[];
  let told: string[];

  const question = (number: number) => aMessage({ id: id(number), content: `Question ${number}` });
  const answer = (number: number) => anAnswer({ id: id(number), parentId: id(number - 1) });
  const shows = (path: string, messages: Message[], hasEarlier = false) =>
    server.on(`GET ${path}`, () => json({ conversation: aConversation(), messages, hasEarlier }));
  const patches = () => server.seen.filter(({ method }) => method === 'PATCH');
  const focused = () => page().querySelector('h2:focus')?.textContent;
  const page = () => harness.fixture.nativeElement as HTMLElement;

  async function go(address: string): Promise<void> {
    await harness.navigateByUrl(address);
    await TestBed.inject(ConversationStore).open('c-1');
    await harness.fixture.whenStable();
  }

  beforeEach(async () => {
    inSight = [];
    told = [];
    Element.prototype.scrollIntoView = function (this: Element) {
      inSight.push(this.textContent.trim());
    };
    server = new FakeServer();
    shows('/chat/conversations/c-1', [question(3), answer(4)], true);
    TestBed.configureTestingModule({
      providers: [
        provideRouter([{ matcher: chatAddress, component: Page }]),
        { provide: Toast, useValue: { show: (text: string) => told.push(text) } },
      ],
    });
    await useLanguage();
    harness = await RouterTestingHarness.create();
    document.body.append(page());
  });

  afterEach(() => {
    page().remove();
    Reflect.deleteProperty(Element.prototype, 'scrollIntoView');
  });

  it('gives the focus to a message that is shown, and asks for nothing', async () => {
    await go(`/chat/c-1#${id(3)}`);
    await vi.waitFor(() => expect(focused()).toBe('Question 3'));
    expect(inSight).toEqual(['Question 3']);
    expect(server.seen).toHaveLength(1);
  });

  it('shows the branch of a message, and loads what is between', async () => {
    server.on('PATCH /chat/conversations/c-1', () => json(aConversation()));
    shows(MESSAGES, [question(7), answer(8)], true);
    shows(`${MESSAGES}?before=${id(7)}`, [question(5), answer(6)], true);
    shows(`${MESSAGES}?before=${id(5)}`, [question(1), answer(2)], true);
    await go(`/chat/c-1#${id(1)}`);
    await vi.waitFor(() => expect(focused()).toBe('Question 1'));
    expect(patches().map(({ body }) => body)).toEqual([{ currentMessageId: id(1) }]);
    expect(inSight).toEqual(['Question 1']);
  });

  it('goes to the question where the answer is behind another', async () => {
    await go(`/chat/c-1#${id(4)}`);
    await vi.waitFor(() => expect(focused()).toBe('Question 3'));
  });

  it('goes to another message of the open conversation', async () => {
    await go(`/chat/c-1#${id(3)}`);
    shows(MESSAGES, [question(5), answer(6)]);
    server.on('PATCH /chat/conversations/c-1', () => json(aConversation()));
    await vi.waitFor(() => expect(focused()).toBe('Question 3'));
    await go(`/chat/c-1#${id(5)}`);
    await vi.waitFor(() => expect(focused()).toBe('Question 5'));
  });

  it('stays where it is when the message is gone, and for places that are no messages', async () => {
    server.on('PATCH /chat/conversations/c-1', () => refusal(404, 'not_found'));
    await go(`/chat/c-1#${id(9)}`);
    await vi.waitFor(() => expect(told).toHaveLength(1));
    expect(told[0]).toContain('refused: not_found');
    await go('/chat/c-1#message');
    expect(patches()).toHaveLength(1);
    expect(inSight).toEqual([]);
  });
});
