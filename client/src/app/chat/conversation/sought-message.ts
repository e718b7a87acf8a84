import {
  Directive,
  Injector,
  afterNextRender,
  computed,
  effect,
  inject,
  untracked,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, NavigationEnd, Router } from '@angular/router';
import { filter, map } from 'rxjs';

import { ConversationStore } from './conversation-store';
import { ScrollFollow } from './scroll-follow';
import { type ShownConversation } from './shown-conversation';
import { TurnActions } from './turn-actions';
import { focusHeading } from './turn-navigation';

/** Tells messages from the places on the page that have an address as well. */
const MESSAGE_ID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * Brings the message into sight that the fragment of the address names, whichever branch it is in,
 * and gives it the focus. Belongs on the element that scrolls.
 */
@Directive({ selector: '[appSoughtMessage]' })
export class SoughtMessage {
  private readonly store = inject(ConversationStore);
  private readonly actions = inject(TurnActions);
  private readonly scroll = inject(ScrollFollow);
  private readonly injector = inject(Injector);

  constructor() {
    const route = inject(ActivatedRoute);
    const place = () => {
      const { paramMap, fragment } = route.snapshot;
      return { id: paramMap.get('id'), messageId: fragment ?? '' };
    };
    const ends = inject(Router).events.pipe(filter((event) => event instanceof NavigationEnd));
    const sought = toSignal(ends.pipe(map(place)), { initialValue: place() });
    const isReady = computed(() => {
      const shown = this.store.shown();
      return shown.id() === sought().id && shown.kept() !== null && !shown.isLoading();
    });
    effect(() => {
      const { messageId } = sought();
      const shown = this.store.shown();
      if (!isReady() || !MESSAGE_ID.test(messageId)) return;
      untracked(() => void this.seek(shown, messageId));
    });
  }

  private async seek(shown: ShownConversation, messageId: string): Promise<void> {
    if (!(await this.actions.reach(messageId))) return;
    const reveal = () => this.store.shown() === shown && this.reveal(shown, messageId);
    afterNextRender(reveal, { injector: this.injector });
  }

  private reveal(shown: ShownConversation, messageId: string): void {
    const heading = this.turnOf(shown, messageId)?.querySelector<HTMLElement>('h2.turn');
    if (!heading) return;
    focusHeading(heading);
    this.scroll.stay();
  }

  /** Of two answers side by side one may be behind the other; then it is their question. */
  private turnOf(shown: ShownConversation, messageId: string): Element | null {
    const { element } = this.scroll;
    const own = element.querySelector(`[data-message="${CSS.escape(messageId)}"]`);
    const answer = shown.turn(messageId);
    const exchange = shown.exchanges().find(({ answers }) => answers.some((one) => one === answer));
    return own ?? element.querySelector(`[data-turns="${CSS.escape(exchange?.key ?? '')}"]`);
  }
}
