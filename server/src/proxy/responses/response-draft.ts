import { AppError } from '../../infrastructure/errors/app-error.js';
import { isObject } from '../requests/json-body.js';
import { CallItem } from './call-item.js';
import { EventWriter } from './event-writer.js';
import { callPiece, OpenCalls } from './open-calls.js';
import { type ItemPlace, type OutputItem } from './output-item.js';
import { responseUsage } from './response-object.js';
import { TextItem, type TextKind } from './text-item.js';

type Values = Readonly<Record<string, unknown>>;
type EndStatus = 'completed' | 'incomplete';

/** Characters that are kept of one answer; far more than any model writes. */
const MOST_KEPT = 64 * 1024 * 1024;
/** Texts and calls of one answer. */
const MOST_ITEMS = 4096;

const INCOMPLETE: Readonly<Record<string, string>> = {
  length: 'max_output_tokens',
  content_filter: 'content_filter',
};

/** What a caller is told of a failure. */
export interface ToldError {
  readonly code: string;
  readonly message: string;
}

/**
 * A response that is being made of the chunks of a chat completion, and the events that tell of it.
 * Events come out as text; whoever wants only the response throws them away.
 */
export class ResponseDraft {
  private readonly items: OutputItem[] = [];
  /** What pieces of text are added to. */
  private text: TextItem | null = null;
  private readonly calls = new OpenCalls();
  private head: { created_at: number; model: string } | null = null;
  private finishReason: string | null = null;
  private usage: object | null = null;
  private kept = 0;
  private readonly events = new EventWriter();

  /** `echo`: of the request. `key`: what all ids are made of. */
  constructor(
    private readonly echo: Values,
    private readonly key: string,
  ) {}

  /** Whether the model said that it is finished. */
  get isFinished(): boolean {
    return this.finishReason !== null;
  }

  /** Takes a chunk, or a whole completion. @throws AppError upstream_error if there is too much of it */
  take(chunk: Values): string {
    this.begin(chunk);
    this.usage = responseUsage(chunk['usage']) ?? this.usage;
    const { choices } = chunk;
    const choice: unknown = Array.isArray(choices) ? choices[0] : null;
    if (isObject(choice)) {
      const delta = choice['delta'] ?? choice['message'];
      if (isObject(delta)) this.takeDelta(delta);
      const reason = choice['finish_reason'];
      if (typeof reason === 'string') this.finishReason = reason;
    }
    return this.events.flush();
  }

  /** The events that end a response that is whole, or that its limit ended. */
  finish(): string {
    this.begin({});
    const response = this.whole();
    this.events.emit(`response.${this.endStatus}`, { response });
    return this.events.flush();
  }

  /** The response as it is when all has come. */
  whole(): object {
    this.closeText(this.endStatus);
    for (const item of this.calls.takeAll()) item.close(this.events.emit, this.endStatus);
    return this.response(this.endStatus);
  }

  /** The events that end a response that failed. */
  fail({ message }: ToldError): string {
    this.begin({});
    for (const item of this.items) {
      if (item.status === 'in_progress') item.status = 'incomplete';
    }
    const error = { code: 'server_error', message };
    this.events.emit('response.failed', { response: { ...this.response('failed'), error } });
    return this.events.flush();
  }

  /** The event of a failure that leaves open what becomes of the response. */
  error({ code, message }: ToldError): string {
    this.events.emit('error', { code, message, param: null });
    return this.events.flush();
  }

  private get incompleteReason(): string | null {
    const reason = this.finishReason ?? '';
    return Object.hasOwn(INCOMPLETE, reason) ? INCOMPLETE[reason]! : null;
  }

  private get endStatus(): EndStatus {
    return this.incompleteReason === null ? 'completed' : 'incomplete';
  }

  private begin({ created, model }: Values): void {
    if (this.head !== null) return;
    this.head = {
      created_at: typeof created === 'number' ? created : 0,
      model: typeof model === 'string' ? model : '',
    };
    const response = this.response('in_progress');
    this.events.emit('response.created', { response });
    this.events.emit('response.in_progress', { response });
  }

  private takeDelta(delta: Values): void {
    const { reasoning_content: thought, reasoning, content, refusal, tool_calls: calls } = delta;
    this.write('reasoning_text', textOf(thought) || textOf(reasoning));
    this.write('output_text', textOf(content));
    this.write('refusal', textOf(refusal));
    if (!Array.isArray(calls)) return;
    for (const call of calls as unknown[]) if (isObject(call)) this.takeCall(call);
  }

  private write(kind: TextKind, piece: string): void {
    if (piece === '') return;
    this.keep(piece);
    if (this.text?.kind !== kind) {
      this.closeText('completed');
      this.text = new TextItem(kind, this.place(kind === 'reasoning_text' ? 'rs' : 'msg'));
      this.items.push(this.text);
      this.text.open(this.events.emit);
    }
    this.text.add(this.events.emit, piece);
  }

  private takeCall(call: Values): void {
    const piece = callPiece(call);
    this.keep(piece.args);
    let item = this.calls.find(piece);
    if (item) item.nameIfUnnamed(piece.name);
    else {
      this.closeText('completed');
      const place = this.place('fc');
      const callId = this.calls.idOf(piece, `call_${this.key}${place.index}`);
      item = new CallItem(callId, piece.name, place);
      this.calls.add(piece, item);
      this.items.push(item);
      item.open(this.events.emit);
    }
    item.add(this.events.emit, piece.args);
  }

  private closeText(status: EndStatus): void {
    this.text?.close(this.events.emit, status);
    this.text = null;
  }

  private keep(piece: string): void {
    this.kept += piece.length;
    if (this.kept <= MOST_KEPT && this.items.length <= MOST_ITEMS) return;
    throw new AppError(
      'upstream_error',
      'The answer is longer than Lumen can translate. Ask for less, or choose another model.',
    );
  }

  private place(prefix: string): ItemPlace {
    const index = this.items.length;
    return { id: `${prefix}_${this.key}${index}`, index };
  }

  private response(status: EndStatus | 'in_progress' | 'failed'): object {
    const reason = status === 'incomplete' ? this.incompleteReason : null;
    return {
      id: `resp_${this.key}`,
      object: 'response',
      ...this.head,
      status,
      incomplete_details: reason && { reason },
      output: this.items.map((item) => item.shown()),
      ...this.echo,
      usage: this.usage,
    };
  }
}

/** A text, or the texts of a list of parts. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  const texts = (content as unknown[]).map((part) => (isObject(part) ? part['text'] : null));
  return texts.filter((text) => typeof text === 'string').join('');
}
