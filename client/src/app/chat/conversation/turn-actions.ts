import { LiveAnnouncer } from '@angular/cdk/a11y';
import { DOCUMENT, Injector, Service, afterNextRender, inject, signal } from '@angular/core';

import { ApiClient } from '../../core/api/api-client';
import { asApiError } from '../../core/api/api-error';
import { type Conversation } from '../../core/api/schema';
import { I18n } from '../../core/i18n/i18n';
import { errorText } from '../../ui/error-text';
import { Toast } from '../../ui/toast';
import { type Answer } from '../answers/answer';
import { ConversationList } from '../list/conversation-list';
import { AnswerFocus } from './answer-focus';
import { ConversationAddress } from './conversation-address';
import { ConversationStore } from './conversation-store';
import { type Exchange, type Question, type Turn } from './exchange';
import { KeptBranches } from './kept-branches';
import { type ShownConversation, idOf } from './shown-conversation';

/** What one can do with a question or an answer. What the server refuses is told in a toast. */
@Service()
export class TurnActions {
  private readonly store = inject(ConversationStore);
  private readonly branches = inject(KeptBranches);
  private readonly api = inject(ApiClient);
  private readonly list = inject(ConversationList);
  private readonly address = inject(ConversationAddress);
  private readonly focus = inject(AnswerFocus);
  private readonly announcer = inject(LiveAnnouncer);
  private readonly toast = inject(Toast);
  private readonly i18n = inject(I18n);

  private readonly document = inject(DOCUMENT);
  private readonly injector = inject(Injector);

  private readonly edited = signal<Question | null>(null);
  /** The question that is being worded anew. */
  readonly editing = this.edited.asReadonly();

  edit(question: Question | null): void {
    if (question === null || !this.isTooEarly()) this.edited.set(question);
  }

  /** The last question; false if there is none to edit. */
  editLast(): boolean {
    const last = this.store.exchanges().findLast(({ question }) => question !== null);
    if (last?.question === undefined || this.store.isAnswering()) return false;
    this.edited.set(last.question);
    return true;
  }

  /** Asks in other words. Where no model may be asked, the words stay in the editor. */
  async reword(question: Question, content: string): Promise<void> {
    if (!(await this.store.mayAsk())) return;
    this.edited.set(null);
    await this.store.reword(question, content);
  }

  again(exchange: Exchange, modelId?: string): void {
    if (this.isTooEarly()) return;
    this.focus.keep(this.store.answerAgain(exchange, modelId), exchange);
  }

  goOn(answer: Answer): void {
    void this.keepFocus(this.store.continue(answer));
  }

  /** Shows a neighbouring branch. The focus stays on the same way through the branches. */
  async switchBranch(id: string, { step, label }: { step: number; label: string }): Promise<void> {
    await this.showBranch(id);
    void this.announcer.announce(label, 'polite');
    const button = `[data-branch="${CSS.escape(id)}"] [data-step="${step}"]`;
    this.focusLater(button);
  }

  /** Shows another branch; what the server has not taken is given up. */
  private async showBranch(messageId: string): Promise<boolean> {
    const shown = this.store.shown();
    if (shown.hasTried()) {
      shown.revert();
      if (shown.turn(messageId) !== null) return true;
    }
    return this.attempt(() => this.branches.showBranch(shown, messageId));
  }

  /** Shows the branch a message is in, back to that message. True if it is shown. */
  async reach(messageId: string): Promise<boolean> {
    const shown = this.store.shown();
    const isMissing = () => this.store.shown() === shown && shown.turn(messageId) === null;
    if (isMissing() && !(await this.showBranch(messageId))) return false;
    await this.attempt(async () => {
      while (isMissing() && shown.hasEarlier()) await this.branches.loadEarlier(shown);
    });
    return shown.turn(messageId) !== null;
  }

  /** Of two answers side by side: the one the conversation goes on from. */
  async choose(answer: Answer): Promise<void> {
    const shown = this.store.shown();
    if (shown.isTemporary) return shown.goOnFrom(answer);
    const id = answer.id();
    if (id !== null) await this.attempt(() => this.branches.showBranch(shown, id));
    this.focusLater('#message');
  }

  /** Copies the branch up to here into a new conversation and opens it. */
  async fork(turn: Turn): Promise<void> {
    const path = `/chat/conversations/${this.store.id()}/fork`;
    await this.attempt(async () => {
      const copy = await this.api.post<Conversation>(path, { messageId: idOf(turn) });
      this.list.put(copy);
      await this.address.open(copy.id);
      void this.toast.show(this.i18n.text().chat.forked);
    });
  }

  /** Deletes it with what follows, and offers to take that back. True if it is gone. */
  async remove(turn: Turn): Promise<boolean> {
    if (this.isTooEarly()) return false;
    const shown = this.store.shown();
    const path = `/chat/conversations/${shown.id()}/messages/${idOf(turn)}`;
    const isGone = await this.attempt(async () => {
      await this.api.delete(path);
      await this.showAnew(shown);
    });
    if (isGone) void this.offerUndo(shown, path);
    return isGone;
  }

  private async offerUndo(shown: ShownConversation, path: string): Promise<void> {
    const { deleted, undo } = this.i18n.text().chat;
    if (!(await this.toast.show(deleted, undo))) return;
    await this.attempt(async () => {
      await this.api.post(`${path}/restoration`);
      await this.showAnew(shown);
    });
  }

  /** One that is not shown any more is asked for when it is opened again. */
  private async showAnew(shown: ShownConversation): Promise<void> {
    if (this.store.shown() !== shown) return;
    await this.branches.reload(shown);
    this.focusLater('#message');
  }

  /** While an answer is being written, and says so. */
  private isTooEarly(): boolean {
    if (!this.store.isAnswering()) return false;
    void this.toast.show(this.i18n.text().chat.tooEarly);
    return true;
  }

  /** What was pressed may be gone after this step; then the focus goes to the message field. */
  private async keepFocus(step: Promise<void>): Promise<void> {
    const { body } = this.document;
    const hadFocus = this.document.activeElement !== body;
    await step;
    if (hadFocus && this.document.activeElement === body) this.focusLater('#message');
  }

  private focusLater(selector: string): void {
    afterNextRender(() => this.document.querySelector<HTMLElement>(selector)?.focus(), {
      injector: this.injector,
    });
  }

  private async attempt(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (cause) {
      const reason = errorText(asApiError(cause), this.i18n.text().errors);
      void this.toast.show(`${this.i18n.text().chat.failedAction} ${reason}`);
      return false;
    }
  }
}
