import { type EventStream } from '../events/event-stream.js';
import { type MessageDto } from '../messages/messages.dto.js';
import { type FollowedText, type TextPosition } from './followed-text.js';

/** Of one event: a reader who is slow makes no more than this wait in memory. */
const MOST_CHARACTERS = 64 * 1024;
const POSITION = /^(\d{1,9})\.(\d{1,9})$/;
const BEGINNING: TextPosition = { content: 0, reasoning: 0 };

/** Where the reader of an answer is, by the id of the last event it has. */
export function positionIn(lastEventId: string | string[] | undefined): TextPosition {
  const [, content, reasoning] = POSITION.exec(String(lastEventId ?? '')) ?? [];
  return content === undefined
    ? BEGINNING
    : { content: Number(content), reasoning: Number(reasoning) };
}

/**
 * Sends an answer to one page from where the page is, at the page's speed. A page that has more than
 * there is saw words that were lost with the process that said them: it gets the text anew.
 */
export class AnswerFollower {
  private position: TextPosition;
  private isEnding = false;

  /** `ending`: how the answer ended; null: it has not ended, and whoever follows it should ask again. */
  constructor(
    private readonly text: FollowedText,
    private readonly stream: EventStream,
    position: TextPosition,
    private readonly ending: () => Promise<MessageDto | null>,
  ) {
    this.position = position;
    if (isBeyond(position, text) && text.isComplete) this.sendAnew();
    const forget = text.onChange(this.go);
    stream.onDrain(this.go);
    stream.onClose(forget);
    this.go();
  }

  private readonly go = (): void => {
    if (this.isEnding || this.stream.isClosed) return;
    while (this.stream.hasRoom) {
      const piece = this.text.after(this.position, MOST_CHARACTERS);
      if (piece === null) break;
      const content = this.position.content + piece.content.length;
      const reasoning = this.position.reasoning + piece.reasoning.length;
      this.position = { content, reasoning };
      this.stream.send({ event: 'piece', id: `${content}.${reasoning}`, data: piece });
    }
    if (this.stream.hasRoom && this.text.isOver) void this.finish();
  };

  private sendAnew(): void {
    this.position = this.text.position;
    const { content, reasoning } = this.position;
    this.stream.send({ event: 'text', id: `${content}.${reasoning}`, data: this.text.whole() });
  }

  private async finish(): Promise<void> {
    this.isEnding = true;
    const message = await this.ending().catch(() => null);
    if (message) this.stream.send({ event: 'end', data: message });
    this.stream.end();
  }
}

const isBeyond = (position: TextPosition, { position: end }: FollowedText) =>
  position.content > end.content || position.reasoning > end.reasoning;
