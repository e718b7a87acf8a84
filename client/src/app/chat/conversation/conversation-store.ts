import { Service, computed, inject, signal } from '@angular/core';

import {
  type Attachment,
  type ConversationSettings,
  type ConversationSummary,
  type Preset,
} from '../../core/api/schema';
import { type Answer } from '../answers/answer';
import { ComposerAttachments } from '../composer/composer-attachments';
import { Draft } from '../composer/draft';
import { ConversationList } from '../list/conversation-list';
import { ChatModels } from '../models/chat-models';
import { ConversationAddress } from './conversation-address';
import { type Exchange, type Question, type QuestionText } from './exchange';
import { KeptBranches } from './kept-branches';
import { KeptChat } from './kept-chat';
import { RecentConversations } from './recent-conversations';
import { SecondModel } from './second-model';
import { ShownConversation } from './shown-conversation';
import { TemporaryChat } from './temporary-chat';

const TITLE_CHARACTERS = 60;

/** The open conversation, whether the server keeps it or nobody does. */
@Service()
export class ConversationStore {
  private readonly models = inject(ChatModels);
  private readonly branches = inject(KeptBranches);
  private readonly kept = inject(KeptChat);
  private readonly temporary = inject(TemporaryChat);
  private readonly list = inject(ConversationList);
  private readonly draft = inject(Draft);
  private readonly files = inject(ComposerAttachments);
  private readonly address = inject(ConversationAddress);

  private readonly state = signal(new ShownConversation());
  /** Those that were open before are there at once when one comes back. */
  private readonly recent = new RecentConversations();
  private readonly second = inject(SecondModel);

  /** What is shown of it, turn by turn. */
  readonly shown = this.state.asReadonly();
  /** Null: a new chat, or a temporary one. */
  readonly id = computed(() => this.state().id());
  readonly isTemporary = computed(() => this.state().isTemporary);
  readonly exchanges = computed(() => this.state().exchanges());
  readonly current = computed(() => this.exchanges().at(-1) ?? null);
  /** There is nothing to see yet, and nothing is coming. */
  readonly isEmpty = computed(() => this.id() === null && this.exchanges().length === 0);
  readonly isAnswering = computed(() => this.state().isAnswering());
  readonly settings = computed(() => this.state().settings());
  readonly shareId = computed(() => this.state().kept()?.shareId ?? null);
  readonly expiresAt = computed(() => this.state().kept()?.expiresAt ?? null);
  readonly folderId = computed(() => this.state().folderId());
  /** Coins of all its answers, as a decimal text; null while it cost nothing yet. */
  readonly cost = computed(() => this.state().kept()?.cost ?? null);
  /** Answers beside that of the chosen model. */
  readonly secondModel = this.second.id;

  /** What it is called; for a new one, the beginning of its first question. */
  readonly title = computed(() => {
    const kept = this.state().kept();
    if (kept !== null) return this.list.summaryOf(kept.id)?.title ?? kept.title;
    return titleOf(this.exchanges()[0]?.question?.content ?? '');
  });
  /** Tokens the model read and wrote last; null while that is not known. */
  readonly contextTokens = computed(() => {
    const answers = this.exchanges().map((exchange) => exchange.shown?.metrics() ?? null);
    const metrics = answers.findLast((one) => (one?.promptTokens ?? null) !== null) ?? null;
    return metrics === null ? null : (metrics.promptTokens ?? 0) + (metrics.completionTokens ?? 0);
  });

  /** Shows a conversation; does nothing if it is the one that is shown. Never throws. */
  async open(id: string): Promise<void> {
    if (id === this.id() && this.state().failure() === null) return;
    const shown = this.turnTo(this.recent.take(id) ?? new ShownConversation(id));
    this.draft.use(id);
    await this.branches.open(shown);
    const { model } = shown.kept() ?? { model: null };
    if (this.state() === shown && model !== null) this.models.show(model);
  }

  /** Begins a new chat. Nothing is kept of it, here or on the server, before the first question. */
  startNew({ isTemporary = false, preset = null }: NewConversation = {}): void {
    const shown = this.turnTo(new ShownConversation(null, isTemporary));
    this.draft.use(null);
    this.models.show(preset?.model ?? null);
    if (preset === null) return;
    this.second.choose(null);
    shown.settings.set(preset.settings);
  }

  /** The folder the new chat will be in. */
  putInto(folderId: string | null): void {
    this.state().folderId.set(folderId);
  }

  /** Shows what was shown before, as after "Undo". */
  bringBack(shown: ShownConversation): void {
    this.turnTo(shown);
    this.draft.use(shown.id());
  }

  /**
   * Sends a question; does nothing while an answer is being written or without a model. What could
   * not be sent goes back to the field. Resolves when the server has it; for a temporary chat,
   * when it is answered.
   */
  async ask(text: { content: string; attachments?: readonly Attachment[] }): Promise<void> {
    const question: QuestionText = {
      content: text.content.trim(),
      attachments: text.attachments ?? [],
    };
    const isNothing = question.content === '' && question.attachments.length === 0;
    if (isNothing || this.isAnswering()) return;
    const models = await this.usableModels();
    if (models === null || this.isAnswering()) return;
    const shown = this.state();
    const place = this.draft.of();
    this.draft.set('');
    this.files.clear();
    const chat = shown.isTemporary ? this.temporary : this.kept;
    const isNew = shown.id() === null;
    const isTaken = await chat.ask(shown, question, models);
    if (!isTaken) this.giveBack(shown, question, place);
    else if (!shown.isTemporary) this.settle(shown, isNew);
  }

  /** Whether the chosen models can be asked; where they want an agreement, asks for it. */
  async mayAsk(): Promise<boolean> {
    return (await this.usableModels()) !== null;
  }

  /** Another wording of a question, as a branch beside it. */
  async reword(former: Question, content: string): Promise<void> {
    const text: QuestionText = { content: content.trim(), attachments: former.attachments };
    if (this.isAnswering()) return;
    const models = await this.usableModels();
    if (models === null) return;
    const shown = this.state();
    const chat = shown.isTemporary ? this.temporary : this.kept;
    if (await chat.reword(shown, former, { text, models })) this.settle(shown, false);
  }

  /** Asks for another answer, from the models it had or from another. */
  async answerAgain({ question, answers }: Exchange, modelId?: string): Promise<void> {
    if (question === null || this.isAnswering()) return;
    const had = answers.length > 1 ? answers.map((answer) => answer.modelId) : [];
    const models = modelId === undefined ? had : [modelId];
    const usable = await this.usableModels(models.length > 0 ? models : undefined);
    if (usable === null) return;
    if (this.draft.text() === question.content) this.draft.set('');
    const shown = this.state();
    const isNew = shown.id() === null;
    const chat = shown.isTemporary ? this.temporary : this.kept;
    if (await chat.answerAgain(shown, question, usable)) this.settle(shown, isNew);
  }

  /** Goes on with an answer that was cut. */
  async continue(answer: Answer): Promise<void> {
    if (!this.isAnswering()) await this.kept.continue(this.state(), answer);
  }

  /** Ends the answers that are being written; what has come stays. */
  stop(): void {
    const shown = this.state();
    if (shown.isTemporary) this.temporary.stop(shown);
    else void this.kept.stop(shown);
  }

  /** What holds from the next question on. Rejects with an ApiError. */
  async saveSettings(settings: ConversationSettings): Promise<void> {
    const shown = this.state();
    if (shown.id() === null) shown.settings.set(settings);
    else await this.branches.change(shown, { settings });
  }

  /** A second model answers each question beside the first; null: none. */
  setSecondModel(id: string | null): void {
    this.second.choose(id);
  }

  /** A question that was given back has arrived after all: it is not to be sent again. */
  noteArrived(shown: ShownConversation, { content }: Question): void {
    if (this.state() !== shown || this.draft.text().trim() !== content) return;
    this.draft.set('');
    this.files.clear();
  }

  /** Its title, its place or whether it is shared changed; also from elsewhere. */
  note(change: Partial<ConversationSummary> & { shareId?: string | null }): void {
    this.state().kept.update((kept) => kept && { ...kept, ...change });
  }

  private turnTo(shown: ShownConversation): ShownConversation {
    const former = this.state();
    if (former !== shown) {
      // Nobody could see, or stop, what goes on in it.
      if (former.isTemporary) this.temporary.stop(former);
      this.branches.leave(former);
      this.recent.put(former);
    }
    if (shown.isTemporary) this.second.useNowhere();
    else this.second.use(shown.id());
    this.state.set(shown);
    return shown;
  }

  /** A question the server has taken: it has an address, and is in the list. */
  private settle(shown: ShownConversation, isNew: boolean): void {
    const kept = shown.kept();
    if (kept === null) return;
    this.list.put(kept);
    if (!isNew || this.state() !== shown) return;
    this.draft.adopt(kept.id);
    this.address.becomes(kept.id);
  }

  /** What was said in a temporary chat is gone with it. */
  private giveBack(
    shown: ShownConversation,
    { content, attachments }: QuestionText,
    place: string,
  ): void {
    if (shown.isTemporary && this.state() !== shown) return;
    if (this.draft.restore(content, place)) this.files.restore(attachments, place);
  }

  /** The models to be asked, agreed to where that is needed; null: not to be asked. */
  private async usableModels(ids?: readonly string[]): Promise<string[] | null> {
    await this.models.settled();
    const selected = this.models.selected()?.id ?? null;
    const second = this.models.byId(this.second.id())?.id ?? null;
    const wanted = ids ?? [selected, second].filter((id) => id !== null);
    const unique = [...new Set(wanted)];
    for (const id of unique) {
      const model = this.models.byId(id);
      if (model !== null && !(await this.models.ensureAcknowledged(model))) return null;
    }
    return unique.length === 0 ? null : unique;
  }
}

/** How a new chat begins. */
export interface NewConversation {
  isTemporary?: boolean;
  preset?: Preset | null;
}

function titleOf(question: string): string {
  const line = question.trim().split('\n')[0] ?? '';
  return line.length <= TITLE_CHARACTERS ? line : `${line.slice(0, TITLE_CHARACTERS).trimEnd()}…`;
}
