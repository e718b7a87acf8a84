import { randomUUID } from 'node:crypto';

/** What one caller saw of one request. */
export interface SeenAnswer {
  requestId: string;
  /** 0: the connection broke before there was one. */
  status: number;
  /** The answer came to its proper end: what was used for it is settled. */
  isAcknowledged: boolean;
  /** Chunks of a stream that carry a token. */
  tokens: number;
  text: string;
}

export interface Question {
  url: string;
  key: string;
  isStream: boolean;
  maxTokens: number;
  /** Leaves after so many chunks of a stream. */
  leaveAfter?: number;
  model?: string;
}

/** Asks for a completion; never rejects. */
export async function askMetered(question: Question): Promise<SeenAnswer> {
  const seen: SeenAnswer = {
    requestId: randomUUID(),
    status: 0,
    isAcknowledged: false,
    tokens: 0,
    text: '',
  };
  const leaving = new AbortController();
  try {
    const answer = await send(question, seen.requestId, leaving.signal);
    seen.status = answer.status;
    await read(answer, seen, () => {
      if (seen.tokens === question.leaveAfter) leaving.abort();
    });
    seen.isAcknowledged =
      answer.status === 200 && (!question.isStream || seen.text.endsWith('data: [DONE]\n\n'));
  } catch {
    // It broke off, or this caller left: what was seen until then counts.
  }
  return seen;
}

function send(question: Question, requestId: string, signal: AbortSignal): Promise<Response> {
  return fetch(`${question.url}/v1/chat/completions`, {
    method: 'POST',
    signal,
    headers: {
      authorization: `Bearer ${question.key}`,
      'content-type': 'application/json',
      'x-request-id': requestId,
    },
    body: JSON.stringify({
      model: question.model ?? 'm',
      stream: question.isStream,
      max_tokens: question.maxTokens,
      messages: [{ role: 'user', content: 'x' }],
    }),
  });
}

async function read(answer: Response, seen: SeenAnswer, onChunk: () => void): Promise<void> {
  const decoder = new TextDecoder();
  for await (const bytes of answer.body!) {
    const text = decoder.decode(bytes, { stream: true });
    seen.text += text;
    for (const _ of text.matchAll(/"content":"w/g)) {
      seen.tokens += 1;
      onChunk();
    }
  }
}
