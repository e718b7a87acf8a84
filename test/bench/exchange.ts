/** What is asked and what is answered, byte for byte, known to the backend and to the load. */

/** The model as Lumen's callers name it, and as its backend does. */
export const MODEL = 'bench';

/** Frames of one stream before its `[DONE]`. */
export const FRAMES = 64;

const MESSAGES = [
  { role: 'system', content: 'You are a helpful assistant of a university. Answer briefly.' },
  {
    role: 'user',
    content: 'Why does ice float on water? Explain it to a first-year student. '.repeat(4),
  },
];

/** What is asked for: an answer in one piece or a stream. */
export type Kind = 'completion' | 'stream';

/** The body of each kind of request. */
export const REQUESTS: Readonly<Record<Kind, string>> = {
  completion: JSON.stringify({ model: MODEL, messages: MESSAGES }),
  stream: JSON.stringify({
    model: MODEL,
    messages: MESSAGES,
    stream: true,
    stream_options: { include_usage: true },
  }),
};

const USAGE = { prompt_tokens: 83, completion_tokens: FRAMES, total_tokens: 83 + FRAMES };
const HEAD = { id: 'chatcmpl-bench', created: 1_750_000_000, model: MODEL };

export const COMPLETION = Buffer.from(
  JSON.stringify({
    ...HEAD,
    object: 'chat.completion',
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: 'Ice is less dense than liquid water. '.repeat(8) },
        finish_reason: 'stop',
      },
    ],
    usage: USAGE,
  }),
);

/** The frames of a stream in order; each carries its number, the last one of them the usage. */
export const FRAME_LIST: readonly Buffer[] = Array.from({ length: FRAMES }, (_, sequence) => {
  const choices = [{ index: 0, delta: { content: ` word ${sequence}` }, finish_reason: null }];
  const usage = sequence === FRAMES - 1 ? USAGE : null;
  const chunk = { ...HEAD, object: 'chat.completion.chunk', sequence, choices, usage };
  return Buffer.from(`data: ${JSON.stringify(chunk)}\n\n`);
});

export const DONE = Buffer.from('data: [DONE]\n\n');

/** A whole stream as it must arrive. */
export const STREAM = Buffer.concat([...FRAME_LIST, DONE]);

const SEQUENCE = /"sequence":(\d+)/g;

/** How many frames of a stream did not arrive, and how many came after a later one. */
export function countFaults(stream: Buffer): { lost: number; reordered: number } {
  if (stream.equals(STREAM)) return { lost: 0, reordered: 0 };
  const arrived = [...stream.toString('utf8').matchAll(SEQUENCE)].map((match) => Number(match[1]));
  let highest = -1;
  let reordered = 0;
  for (const sequence of arrived) {
    if (sequence < highest) reordered += 1;
    highest = Math.max(highest, sequence);
  }
  return { lost: FRAMES - new Set(arrived).size, reordered };
}
