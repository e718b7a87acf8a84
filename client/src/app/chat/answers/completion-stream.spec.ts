import fc from 'fast-check';

import { type CompletionPiece, readCompletion } from './completion-stream';

function stream(chunks: Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
}

const bytes = (text: string) => new TextEncoder().encode(text);
const frame = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;
const say = (content: string) => frame({ choices: [{ delta: { content } }] });
const FINISH = frame({ choices: [{ delta: {}, finish_reason: 'stop' }] });
const DONE = 'data: [DONE]\n\n';

async function read(...chunks: (string | Uint8Array)[]): Promise<CompletionPiece[]> {
  const body = stream(chunks.map((chunk) => (typeof chunk === 'string' ? bytes(chunk) : chunk)));
  const pieces: CompletionPiece[] = [];
  for await (const piece of readCompletion(body)) pieces.push(piece);
  return pieces;
}

const contentOf = (pieces: CompletionPiece[]) => pieces.map(({ content }) => content).join('');

describe('readCompletion', () => {
  it('reads content, both kinds of reasoning, usage and the reason for the end', async () => {
    const pieces = await read(
      frame({ choices: [{ delta: { reasoning_content: 'hm' } }] }),
      frame({ choices: [{ delta: { reasoning: 'so' } }] }),
      say('Hi'),
      FINISH,
      frame({
        choices: [],
        usage: {
          prompt_tokens: 5,
          completion_tokens: 7,
          prompt_tokens_details: { cached_tokens: 2 },
          completion_tokens_details: { reasoning_tokens: 3 },
        },
      }),
      DONE,
    );
    expect(pieces.map(({ reasoning }) => reasoning).join('')).toBe('hmso');
    expect(contentOf(pieces)).toBe('Hi');
    expect(pieces[3]?.finishReason).toBe('stop');
    expect(pieces[4]?.usage).toEqual({ input: 5, output: 7, cached: 2, reasoning: 3 });
  });

  it('does not mind where the network cuts, not even inside a character', async () => {
    const text = bytes(say('Grüße 🎓') + say(' ∑') + FINISH + DONE);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(text.length), { maxLength: 8 }), async (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), text.length];
        const chunks = at.slice(1).map((end, index) => text.slice(at[index], end));
        expect(contentOf(await read(...chunks))).toBe('Grüße 🎓 ∑');
      }),
      { numRuns: 50 },
    );
  });

  it('skips comments, keep-alives and frames that are no JSON', async () => {
    const pieces = await read(': ping\n\n', 'data: not json\n\n', 'data: 1\n\n', say('ok'), DONE);
    expect(contentOf(pieces)).toBe('ok');
  });

  it('throws what the server reports in the stream', async () => {
    const error = { error: { code: 'budget_exceeded', message: 'Empty.', requestId: 'r' } };
    await expect(read(say('a'), frame(error))).rejects.toMatchObject({
      code: 'budget_exceeded',
      message: 'Empty.',
      requestId: 'r',
    });
  });

  it('says so when the stream just ends', async () => {
    await expect(read(say('a'))).rejects.toMatchObject({ code: 'stream_broken' });
  });

  it('accepts an end without [DONE] if the model said it was done', async () => {
    expect(contentOf(await read(say('a'), FINISH))).toBe('a');
  });

  it('cancels the stream when the reader leaves', async () => {
    let isCancelled = false;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(bytes(say('a'))),
      cancel: () => {
        isCancelled = true;
      },
    });
    for await (const piece of readCompletion(body)) {
      expect(piece.content).toBe('a');
      break;
    }
    await vi.waitFor(() => expect(isCancelled).toBe(true));
  });
});
