import { isObject } from '../requests/json-body.js';
import { type CallItem } from './call-item.js';

/** A piece of a call, as it came in a chunk of a chat completion. */
export interface CallPiece {
  readonly index: unknown;
  /** Empty: it does not say. */
  readonly id: string;
  readonly name: string;
  readonly args: string;
}

export function callPiece(call: Readonly<Record<string, unknown>>): CallPiece {
  const fn = isObject(call['function']) ? call['function'] : {};
  return {
    index: call['index'],
    id: textOr(call['id']),
    name: textOr(fn['name']),
    args: argumentsOf(fn['arguments']),
  };
}

/** The calls of an answer, which stay open until it ends: their pieces may come in turns. */
export class OpenCalls {
  private calls: { readonly index: unknown; readonly id: string; readonly item: CallItem }[] = [];
  private readonly ids = new Set<string>();

  /**
   * The call that a piece continues. Some backends number no calls, or give all of them one number:
   * a name with another id, or with neither id nor number, begins a new one.
   */
  find({ index, id, name }: CallPiece): CallItem | null {
    if (name !== '' && id === '' && index === undefined) return null;
    const isNamed = name !== '' && id !== '';
    const found = this.calls.findLast(
      (call) => call.index === index && (!isNamed || call.id === id || call.id === ''),
    );
    return found?.item ?? null;
  }

  add({ index, id }: CallPiece, item: CallItem): void {
    this.calls.push({ index, id, item });
  }

  /** What the call that begins with a piece is known by: its own id, if no other has it. */
  idOf({ id }: CallPiece, other: string): string {
    const own = id === '' || this.ids.has(id) ? other : id;
    this.ids.add(own);
    return own;
  }

  /** All of them, of which none is open any more. */
  takeAll(): CallItem[] {
    const items = this.calls.map(({ item }) => item);
    this.calls = [];
    return items;
  }
}

/** Some backends send them as the object they are. */
function argumentsOf(value: unknown): string {
  return isObject(value) ? JSON.stringify(value) : textOr(value);
}

const textOr = (value: unknown) => (typeof value === 'string' ? value : '');
