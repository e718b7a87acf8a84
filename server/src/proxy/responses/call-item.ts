import { type Emit, type ItemPlace, type ItemStatus, type OutputItem } from './output-item.js';

/** A call of one of the caller's functions. */
export class CallItem implements OutputItem {
  status: ItemStatus = 'in_progress';
  private args = '';

  constructor(
    private readonly callId: string,
    private name: string,
    private readonly place: ItemPlace,
  ) {}

  open(emit: Emit): void {
    emit('response.output_item.added', { output_index: this.place.index, item: this.shown() });
  }

  add(emit: Emit, piece: string): void {
    if (piece === '') return;
    this.args += piece;
    emit('response.function_call_arguments.delta', { ...this.at(), delta: piece });
  }

  /** For backends that say it late. */
  nameIfUnnamed(name: string): void {
    if (this.name === '') this.name = name;
  }

  close(emit: Emit, status: ItemStatus): void {
    this.status = status;
    const { name, args } = this;
    emit('response.function_call_arguments.done', { ...this.at(), name, arguments: args });
    emit('response.output_item.done', { output_index: this.place.index, item: this.shown() });
  }

  shown(): object {
    const { callId, name, args, status, place } = this;
    const { id } = place;
    return { id, type: 'function_call', status, call_id: callId, name, arguments: args };
  }

  private at(): object {
    return { item_id: this.place.id, output_index: this.place.index };
  }
}
