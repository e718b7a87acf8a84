import { Service, inject } from '@angular/core';

import { ApiClient } from '../../core/api/api-client';
import { asApiError } from '../../core/api/api-error';
import {
  type Conversation,
  type Message,
  type MessagePage,
  type OpenConversation,
} from '../../core/api/schema';
import { Answer } from '../answers/answer';
import { AnswerFollower } from '../answers/answer-follower';
import { ChatModels } from '../models/chat-models';
import { addCoins, coinsBetween } from './coins';
import { type Question } from './exchange';
import { type ShownConversation, idOf } from './shown-conversation';

/** What one sees of a conversation the server keeps, and that it stays as the server has it. */
@Service()
export class KeptBranches {
  private readonly api = inject(ApiClient);
  private readonly models = inject(ChatModels);
  private readonly follower = inject(AnswerFollower);

  readonly nameModel = (id: string): string =>
    this.models.models().find((model) => model.id === id)?.name ?? id;

  /**
   * Loads the newest turns and follows what is being written. What was shown before is shown until
   * then. Never throws.
   */
  async open(shown: ShownConversation): Promise<void> {
    const isKnown = shown.kept() !== null && shown.failure() === null;
    shown.isLoading.set(!isKnown);
    shown.failure.set(null);
    const isUntouched = shown.untouched();
    try {
      const open = await this.api.get<OpenConversation>(pathOf(shown));
      if (isUntouched()) {
        this.note(shown, open.conversation);
        shown.renew(open, this.nameModel);
      }
      this.followAll(shown);
    } catch (cause) {
      const error = asApiError(cause);
      if (!isKnown || error.status === 404) shown.failure.set(error);
      else this.followAll(shown);
    } finally {
      shown.isLoading.set(false);
    }
  }

  /** Loads turns before the oldest that is shown. */
  async loadEarlier(shown: ShownConversation): Promise<void> {
    const before = idOf(shown.turns()[0] ?? null);
    const page = await this.api.get<MessagePage>(`${pathOf(shown)}/messages?before=${before}`);
    if (idOf(shown.turns()[0] ?? null) !== before) return;
    shown.hasEarlier.set(page.hasEarlier);
    shown.prepend(page.messages, this.nameModel);
  }

  /** Shows the branch a message is in. */
  async showBranch(shown: ShownConversation, messageId: string): Promise<void> {
    await this.change(shown, { currentMessageId: messageId });
    await this.reload(shown);
  }

  /** Shows the branch anew, as the server has it. */
  async reload(shown: ShownConversation): Promise<void> {
    const isUntouched = shown.untouched();
    const page = await this.api.get<MessagePage>(`${pathOf(shown)}/messages`);
    if (isUntouched()) shown.renew(page, this.nameModel);
    this.followAll(shown);
  }

  /**
   * Takes over what was said from elsewhere. A branch that was begun elsewhere is not jumped to:
   * here somebody reads, or writes an answer to what is here. Answers a question that was thought
   * to be lost on its way, and has arrived.
   */
  async catchUp(shown: ShownConversation): Promise<Question | null> {
    const isUntouched = shown.untouched();
    const isBusy = () => !isUntouched() || shown.isLoading() || shown.kept() === null;
    const unsent = shown.unsent();
    // An answer that was asked for in vain is shown until something else is asked.
    if (isBusy() || (shown.hasTried() && unsent === null)) return null;
    const newest = await this.api.get<MessagePage>(`${pathOf(shown)}/messages?limit=2`);
    if (isBusy() || newest.messages.every((message) => isKnown(shown, message))) return null;
    const page = await this.api.get<MessagePage>(`${pathOf(shown)}/messages`);
    if (isBusy()) return null;
    const last = unsent?.id ?? idOf(shown.last());
    if (last !== null && !page.messages.some(({ id }) => id === last)) {
      shown.noteBranches(page.messages);
      return null;
    }
    shown.renew(page, this.nameModel);
    this.followAll(shown);
    return unsent;
  }

  async change(shown: ShownConversation, changes: object): Promise<void> {
    this.note(shown, await this.api.patch<Conversation>(pathOf(shown), changes));
  }

  /** Looks away from a conversation; the server goes on writing. */
  leave(shown: ShownConversation): void {
    for (const answer of shown.answers()) this.follower.leave(answer);
  }

  /** Takes over what the server says of a conversation. */
  note(shown: ShownConversation, conversation: Conversation): void {
    shown.id.set(conversation.id);
    shown.kept.set(conversation);
    shown.settings.set(conversation.settings);
    shown.folderId.set(conversation.folderId);
  }

  /** Follows an answer to its end, and adds what it cost. */
  async follow(shown: ShownConversation, answer: Answer): Promise<void> {
    const before = answer.metrics()?.cost ?? null;
    if (!(await this.follower.follow(answer))) return;
    const spent = coinsBetween(before, answer.metrics()?.cost ?? null);
    shown.kept.update((kept) => kept && { ...kept, cost: addCoins(kept.cost, spent) });
  }

  private followAll(shown: ShownConversation): void {
    for (const answer of shown.answers()) {
      if (answer.isRunning() || answer.isResumable()) void this.follow(shown, answer);
    }
  }
}

function isKnown(shown: ShownConversation, message: Message): boolean {
  const turn = shown.turn(message.id);
  if (!(turn instanceof Answer)) return turn !== null;
  if (turn.isRunning()) return true;
  return message.state !== 'writing' && message.content === turn.content();
}

/** Where the server has it. */
export function pathOf(shown: ShownConversation): string {
  return `/chat/conversations/${shown.id()}`;
}
