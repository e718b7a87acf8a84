import { type Repository } from 'typeorm';
import { type Message } from '../messages/message.entity.js';
import { FollowedText } from './followed-text.js';

const LOOK_EVERY_MS = 500;

interface Tail {
  readonly content: string;
  readonly reasoning: string;
  readonly state: Message['state'];
}

/** An answer that another replica writes, as far as that has noted it. */
export class StoredText {
  readonly text: FollowedText;
  private timer: NodeJS.Timeout | null = null;
  private isStopped = false;
  /** In characters, as the database counts them. */
  private read: { content: number; reasoning: number };

  constructor(
    private readonly messages: Repository<Message>,
    private readonly message: Message,
  ) {
    this.text = new FollowedText(message, false);
    const { content, reasoning } = message;
    this.read = { content: charactersOf(content), reasoning: charactersOf(reasoning) };
    this.wait();
  }

  stop(): void {
    this.isStopped = true;
    if (this.timer) clearTimeout(this.timer);
  }

  private wait(): void {
    if (!this.isStopped) this.timer = setTimeout(() => void this.look(), LOOK_EVERY_MS).unref();
  }

  /** Never rejects: a database that is away may come back. */
  private async look(): Promise<void> {
    const tail = await this.tail().catch(() => undefined);
    if (this.isStopped) return;
    if (tail === undefined) return this.wait();
    if (tail === null) return this.text.end();
    this.read.content += charactersOf(tail.content);
    this.read.reasoning += charactersOf(tail.reasoning);
    this.text.append(tail);
    if (tail.state === 'writing') this.wait();
    else this.text.end();
  }

  /** What was noted since; null: the answer is gone. */
  private async tail(): Promise<Tail | null> {
    const { content, reasoning } = this.read;
    const row = await this.messages
      .createQueryBuilder('message')
      .select('SUBSTR(message.content, :content)', 'content')
      .addSelect('SUBSTR(message.reasoning, :reasoning)', 'reasoning')
      .addSelect('message.state', 'state')
      .where({ id: this.message.id })
      .setParameters({ content: content + 1, reasoning: reasoning + 1 })
      .getRawOne<Tail>();
    return row ?? null;
  }
}

/** Code points, not UTF-16 units. */
function charactersOf(text: string): number {
  let count = 0;
  for (let n = 0; n < text.length; n += 1) {
    const unit = text.charCodeAt(n);
    if (unit < 0xdc00 || unit > 0xdfff) count += 1;
  }
  return count;
}
