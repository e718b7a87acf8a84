/** What one piece of a chat completion adds. */
export interface ChatDelta {
  readonly content: string;
  /** What the model thought, where the backend tells it apart. */
  readonly reasoning: string;
  /** Null: more comes, or the backend does not say. */
  readonly finishReason: string | null;
}

type Fields = Readonly<Record<string, unknown>>;

/** Of a chunk of a stream, or of a whole completion; null: it says nothing of the answer. */
export function readDelta(chunk: Fields | null): ChatDelta | null {
  const choices = chunk?.['choices'];
  const choice = fieldsOf(Array.isArray(choices) ? (choices[0] as unknown) : null);
  if (choice === null) return null;
  const said = fieldsOf(choice['delta']) ?? fieldsOf(choice['message']);
  const finish = choice['finish_reason'];
  return {
    content: textOf(said?.['content'], 'text'),
    reasoning: reasoningOf(said),
    finishReason: typeof finish === 'string' && finish !== '' ? finish : null,
  };
}

/** Backends spell it in three ways; some say it twice. */
function reasoningOf(said: Fields | null): string {
  const spelled = said?.['reasoning_content'];
  if (typeof spelled === 'string' && spelled !== '') return spelled;
  const reasoning = said?.['reasoning'];
  if (typeof reasoning === 'string') return reasoning;
  return textOf(said?.['content'], 'thinking');
}

/** A text, or a list of parts, of which those of one type count. */
function textOf(content: unknown, type: 'text' | 'thinking'): string {
  if (typeof content === 'string') return type === 'text' ? content : '';
  if (!Array.isArray(content)) return '';
  const parts = content.map((part) => fieldsOf(part)).filter((part) => part?.['type'] === type);
  return parts.map((part) => partText(part?.[type])).join('');
}

function partText(value: unknown): string {
  return typeof value === 'string' ? value : textOf(value, 'text');
}

function fieldsOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : null;
}
