import { type Emit } from './output-item.js';

/** Writes the events of one response, numbered, as text. */
export class EventWriter {
  private sequence = 0;
  private texts: string[] = [];

  readonly emit: Emit = (type, fields) => {
    const event = { type, sequence_number: this.sequence, ...fields };
    this.sequence += 1;
    this.texts.push(`event: ${type}\ndata: ${JSON.stringify(event)}\n\n`);
  };

  /** What was written since it was last asked for. */
  flush(): string {
    const text = this.texts.join('');
    this.texts = [];
    return text;
  }
}
