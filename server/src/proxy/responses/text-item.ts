import { type Emit, type ItemPlace, type ItemStatus, type OutputItem } from './output-item.js';

export type TextKind = 'output_text' | 'refusal' | 'reasoning_text';

/** A message or a thought, of one part. */
export class TextItem implements OutputItem {
  status: ItemStatus = 'in_progress';
  private text = '';

  constructor(
    readonly kind: TextKind,
    private readonly place: ItemPlace,
  ) {}

  open(emit: Emit): void {
    const item = this.itemWith([]);
    emit('response.output_item.added', { output_index: this.place.index, item });
    emit('response.content_part.added', { ...this.at(), part: this.part() });
  }

  add(emit: Emit, piece: string): void {
    this.text += piece;
    emit(`response.${this.kind}.delta`, { ...this.at(), delta: piece, ...this.logprobs() });
  }

  close(emit: Emit, status: ItemStatus): void {
    this.status = status;
    const field = this.kind === 'refusal' ? 'refusal' : 'text';
    const whole = { [field]: this.text, ...this.logprobs() };
    emit(`response.${this.kind}.done`, { ...this.at(), ...whole });
    emit('response.content_part.done', { ...this.at(), part: this.part() });
    emit('response.output_item.done', { output_index: this.place.index, item: this.shown() });
  }

  shown(): object {
    return this.itemWith([this.part()]);
  }

  private itemWith(content: object[]): object {
    const { status } = this;
    const { id } = this.place;
    return this.kind === 'reasoning_text'
      ? { id, type: 'reasoning', status, summary: [], content }
      : { id, type: 'message', status, role: 'assistant', content };
  }

  private part(): object {
    const { kind: type, text } = this;
    if (type === 'refusal') return { type, refusal: text };
    if (type === 'reasoning_text') return { type, text };
    return { type, text, annotations: [], logprobs: [] };
  }

  private at(): object {
    const { id, index } = this.place;
    return { item_id: id, output_index: index, content_index: 0 };
  }

  private logprobs(): object {
    return this.kind === 'output_text' ? { logprobs: [] } : {};
  }
}
