import { type Behaviour, DONE } from './scripted-upstream.js';

const CREATED = 1_763_700_000;
const WORDS = ['Once', ' upon', ' a', ' time', '.'];
const NUMBERS = [0.25, -0.5, 1];

type Fields = Record<string, unknown>;

/**
 * Answers as vLLM does, field by field, and is honest about what it used: a token for every word of
 * an answer, and for every word or token number of a prompt.
 */
export const vllm: Behaviour = async (request, response) => {
  const asked = JSON.parse(request.bytes.toString()) as Fields;
  const answer = ANSWERS[request.path.replace('/v1/', '')];
  if (!answer) {
    response.writeHead(404, { 'content-type': 'application/json' });
    response.end('{"object":"error","message":"Not Found","type":"NotFoundError","code":404}');
    return;
  }
  const { whole, chunks } = answer(asked);
  if (asked['stream'] !== true || !chunks) {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(whole));
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  for (const chunk of chunks) {
    await new Promise<void>((resolve) => {
      response.write(`data: ${JSON.stringify(chunk)}\n\n`, () => resolve());
    });
  }
  response.end(DONE);
};

interface Told {
  whole: object;
  /** Of a stream; absent where there is none. */
  chunks?: object[];
}

const ANSWERS: Record<string, (asked: Fields) => Told> = {
  'chat/completions': chat,
  completions: text,
  embeddings,
  rerank,
  score,
};

function chat(asked: Fields): Told {
  const { tools, response_format: format } = asked;
  const last = (asked['messages'] as { role: string }[]).at(-1);
  if (Array.isArray(tools) && last?.role !== 'tool') return toolCall(asked);
  const words = format ? ['{"city":', '"Berlin",', '"people":', '3700000}'] : WORDS;
  const usage = usageOf(wordsOf(asked['messages']), words.length);
  const head = {
    id: 'chatcmpl-8f1e',
    object: 'chat.completion',
    created: CREATED,
    model: asked['model'],
  };
  const chunk = { ...head, object: 'chat.completion.chunk' };
  const whole = {
    ...head,
    choices: [
      {
        index: 0,
        message: assistant({ content: words.join('') }),
        logprobs: null,
        finish_reason: 'stop',
        stop_reason: null,
      },
    ],
    usage,
    prompt_logprobs: null,
  };
  const deltas = [{ role: 'assistant', content: '' }, ...words.map((content) => ({ content }))];
  return {
    whole,
    chunks: [...deltaChunks(chunk, deltas, 'stop'), ...usageChunk(asked, chunk, usage)],
  };
}

/** The first tool, called with two arguments; once it has answered, it is not called again. */
function toolCall(asked: Fields): Told {
  const [tool] = asked['tools'] as { function: { name: string } }[];
  const { name } = tool!.function;
  const pieces = ['{"a":', ' 2, ', '"b": 3}'];
  const usage = usageOf(wordsOf(asked['messages']), pieces.length);
  const head = {
    id: 'chatcmpl-9a2b',
    object: 'chat.completion',
    created: CREATED,
    model: asked['model'],
  };
  const chunk = { ...head, object: 'chat.completion.chunk' };
  const call = { id: 'chatcmpl-tool-1c', type: 'function' };
  const whole = {
    ...head,
    choices: [
      {
        index: 0,
        message: assistant({
          content: null,
          tool_calls: [{ ...call, function: { name, arguments: pieces.join('') } }],
        }),
        logprobs: null,
        finish_reason: 'tool_calls',
        stop_reason: null,
      },
    ],
    usage,
  };
  const called = (more: object) => ({ tool_calls: [{ index: 0, ...more }] });
  const deltas = [
    { role: 'assistant', content: '' },
    called({ ...call, function: { name, arguments: '' } }),
    ...pieces.map((piece) => called({ function: { arguments: piece } })),
  ];
  return {
    whole,
    chunks: [...deltaChunks(chunk, deltas, 'tool_calls'), ...usageChunk(asked, chunk, usage)],
  };
}

function text(asked: Fields): Told {
  const prompts = promptsOf(asked['prompt']);
  const choices = prompts.length * Number(asked['n'] ?? 1);
  const words = WORDS.slice(0, Number(asked['max_tokens'] ?? 16));
  const usage = usageOf(sizeOf(prompts), choices * words.length);
  const head = {
    id: 'cmpl-77c0',
    object: 'text_completion',
    created: CREATED,
    model: asked['model'],
  };
  const choice = { logprobs: null, finish_reason: null as string | null, stop_reason: null };
  const indices = Array.from({ length: choices }, (_, index) => index);
  const whole = {
    ...head,
    choices: indices.map((index) => ({
      ...choice,
      index,
      text: words.join(''),
      finish_reason: 'stop',
      prompt_logprobs: null,
    })),
    usage,
  };
  const parts = words.flatMap((word) =>
    indices.map((index) => ({ ...head, choices: [{ ...choice, index, text: word }] })),
  );
  const ends = indices.map((index) => ({
    ...head,
    choices: [{ ...choice, index, text: '', finish_reason: 'stop' }],
  }));
  return { whole, chunks: [...parts, ...ends, ...usageChunk(asked, head, usage)] };
}

function embeddings(asked: Fields): Told {
  const inputs = promptsOf(asked['input']);
  const isText = asked['encoding_format'] === 'base64';
  const bytes = Buffer.from(Float32Array.from(NUMBERS).buffer);
  const data = inputs.map((_, index) => ({
    index,
    object: 'embedding',
    embedding: isText ? bytes.toString('base64') : NUMBERS,
  }));
  const usage = { ...usageOf(sizeOf(inputs), 0), prompt_tokens_details: null };
  const head = { id: 'embd-11d', object: 'list', created: CREATED, model: asked['model'] };
  return { whole: { ...head, data, usage } };
}

function rerank(asked: Fields): Told {
  const documents = asked['documents'] as string[];
  const results = documents.map((document, index) => ({
    index,
    document: { text: document },
    relevance_score: 1 / (index + 1),
  }));
  const total = documents.length * wordsOf(asked['query']) + wordsOf(documents);
  return {
    whole: { id: 'rerank-5', model: asked['model'], usage: { total_tokens: total }, results },
  };
}

function score(asked: Fields): Told {
  const texts = [asked['text_2']].flat() as string[];
  const data = texts.map((_, index) => ({ index, object: 'score', score: 0.5 }));
  const prompt = texts.length * wordsOf(asked['text_1']) + wordsOf(texts);
  const head = { id: 'score-6', object: 'list', created: CREATED, model: asked['model'] };
  return { whole: { ...head, data, usage: usageOf(prompt, 0) } };
}

function assistant(fields: object): object {
  return {
    role: 'assistant',
    refusal: null,
    annotations: null,
    audio: null,
    reasoning: null,
    ...fields,
  };
}

function deltaChunks(head: object, deltas: object[], end: string): object[] {
  const chunk = (delta: object, reason: string | null) => ({
    ...head,
    choices: [{ index: 0, delta, logprobs: null, finish_reason: reason }],
  });
  return [...deltas.map((delta) => chunk(delta, null)), chunk({}, end)];
}

function usageChunk({ stream_options: options }: Fields, head: object, usage: object): object[] {
  const isWanted = (options as Fields | undefined)?.['include_usage'] === true;
  return isWanted ? [{ ...head, choices: [], usage }] : [];
}

function usageOf(prompt: number, completion: number): Record<string, number> {
  return {
    prompt_tokens: prompt,
    total_tokens: prompt + completion,
    completion_tokens: completion,
  };
}

type Prompt = string | number[];

function promptsOf(prompt: unknown): Prompt[] {
  if (!Array.isArray(prompt) || typeof prompt[0] === 'number') return [prompt as Prompt];
  return prompt as Prompt[];
}

function sizeOf(prompts: Prompt[]): number {
  const sizes = prompts.map((prompt) =>
    typeof prompt === 'string' ? wordsOf(prompt) : prompt.length,
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Words of all texts in a value. */
function wordsOf(value: unknown): number {
  return JSON.stringify(value).match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
}
