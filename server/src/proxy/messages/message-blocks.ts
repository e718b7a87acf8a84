import { toolIdOf } from './message-ids.js';
import { blockStop, eventText, type Typed } from './message-events.js';

type BlockKind = 'text' | 'thinking' | 'tool';

/** A call of a tool, or a piece of one, as chat completions stream it. */
export interface ToolPiece {
  /** Which of the answer's calls. */
  readonly place: number;
  readonly id: string;
  readonly name: string;
  /** JSON, or a piece of it. */
  readonly json: string;
}

/** The content of a message as events: one block is open at a time, numbered as they come. */
export class MessageBlocks {
  private index = -1;
  private open: BlockKind | null = null;
  private call: ToolPiece | null = null;

  get hasToolCalls(): boolean {
    return this.call !== null;
  }

  text(text: string): string {
    const start = this.enter('text', { type: 'text', text: '' });
    return start + this.delta({ type: 'text_delta', text });
  }

  thinking(thinking: string): string {
    const start = this.enter('thinking', { type: 'thinking', thinking: '', signature: '' });
    return start + this.delta({ type: 'thinking_delta', thinking });
  }

  /** Null for a piece of a call that has ended: its block cannot be opened again. */
  tool(piece: ToolPiece): string | null {
    let start = '';
    if (this.isNewCall(piece)) {
      if (piece.name === '') return null;
      start = this.close();
      this.call = piece;
      const { id, name } = piece;
      start += this.enter('tool', { type: 'tool_use', id: toolIdOf(id), name, input: {} });
    }
    const { json } = piece;
    return json === ''
      ? start
      : start + this.delta({ type: 'input_json_delta', partial_json: json });
  }

  /** Ends the block that is open, if there is one. */
  close(): string {
    if (this.open === null) return '';
    // Nobody signs these thoughts; readers expect that the field comes.
    const signature =
      this.open === 'thinking' ? this.delta({ type: 'signature_delta', signature: '' }) : '';
    this.open = null;
    return signature + blockStop(this.index);
  }

  /** Some backends repeat the id with every piece, some number all calls 0. */
  private isNewCall({ place, id, name }: ToolPiece): boolean {
    if (this.open !== 'tool' || this.call === null) return true;
    if (place !== this.call.place) return true;
    return id !== '' && name !== '' && id !== this.call.id;
  }

  private enter(kind: BlockKind, block: Typed): string {
    if (this.open === kind) return '';
    const end = this.close();
    this.open = kind;
    this.index += 1;
    const { index } = this;
    return end + eventText({ type: 'content_block_start', index, content_block: block });
  }

  private delta(delta: Typed): string {
    return eventText({ type: 'content_block_delta', index: this.index, delta });
  }
}
