import { GrowingText } from './growing-text.js';

/** How much of an answer somebody has, in UTF-16 units. */
export interface TextPosition {
  readonly content: number;
  readonly reasoning: number;
}

export interface TextPiece {
  readonly content: string;
  readonly reasoning: string;
}

/** The text of an answer for those who follow it, wherever it comes from. */
export class FollowedText {
  /** Nothing more comes, and the message says how it ended. */
  isOver = false;
  readonly content: GrowingText;
  readonly reasoning: GrowingText;
  /** It has all that there is; else that is noted now and then, and its readers may have more. */
  readonly isComplete: boolean;
  private readonly listeners = new Set<() => void>();

  constructor({ content, reasoning }: TextPiece, isComplete = true) {
    this.isComplete = isComplete;
    this.content = new GrowingText(content);
    this.reasoning = new GrowingText(reasoning);
  }

  get position(): TextPosition {
    return { content: this.content.length, reasoning: this.reasoning.length };
  }

  append({ content, reasoning }: TextPiece): void {
    if (content === '' && reasoning === '') return;
    this.content.append(content);
    this.reasoning.append(reasoning);
    this.tell();
  }

  /** What comes after that, at most so much; null: nothing yet. The thoughts first. */
  after(position: TextPosition, most: number): TextPiece | null {
    const reasoning = this.reasoning.from(position.reasoning, most);
    const content = this.content.from(position.content, most - reasoning.length);
    return reasoning === '' && content === '' ? null : { content, reasoning };
  }

  whole(): TextPiece {
    return { content: this.content.whole(), reasoning: this.reasoning.whole() };
  }

  end(): void {
    this.isOver = true;
    this.tell();
  }

  /** Calls the listener whenever there is more, or no more. Answers what ends that. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}
