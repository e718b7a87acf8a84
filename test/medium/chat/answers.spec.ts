import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { RunningAnswersService } from '../../../server/src/chat/answers/running-answers.service.js';
import { type AskedDto } from '../../../server/src/chat/answers/questions.dto.js';
import { type MessageDto } from '../../../server/src/chat/messages/messages.dto.js';
import { ChatLumen } from '../../support/chat/chat-lumen.js';
import { wholeOf } from '../../support/chat/chat-page.js';
import { FileSender } from '../../support/chat/file-sender.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';
import {
  chunkText,
  completion,
  cutAfter,
  DONE,
  status,
  stream,
  USAGE_CHUNK,
} from '../../support/scripted-upstream.js';
import { until } from '../../support/until.js';

const QUESTION = { content: 'How do magnets work?', models: ['m'] };

/** One pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const delta = (fields: object, finishReason: string | null = null) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta: fields, finish_reason: finishReason }] })}\n\n`;
const whole = (...pieces: string[]) => stream(...pieces, USAGE_CHUNK, DONE);

describe.each(DIALECTS)('an answer, on %s', (dialect) => {
  let chat: ChatLumen;

  beforeAll(async () => {
    chat = await ChatLumen.start(dialect, { names: ['m', 'n', 'seeing'] });
  }, 60_000);

  afterEach(() => chat.forget());

  afterAll(() => chat?.[Symbol.asyncDispose]());

  const answered = async (asked: AskedDto): Promise<MessageDto> => {
    const { end } = await chat.page.whole(asked.answers[0]!.id);
    return end!;
  };
  const promptOf = (n: number) =>
    (JSON.parse(chat.upstream.requests.at(n)!.bytes.toString()) as { messages: object[] }).messages;

  it('is produced, followed and kept with what it took', async () => {
    const { page, upstream } = chat;
    upstream.next(whole(chunkText('Hel'), chunkText('lo')));
    const { conversation, question, answers } = await page.begin(QUESTION);
    expect(conversation).toMatchObject({ title: 'How do magnets work?', isAnswering: true });
    expect(question).toMatchObject({ role: 'user', parentId: null, state: 'complete' });
    expect(answers).toMatchObject([{ state: 'writing', parentId: question.id, model: 'm' }]);
    const { content, end, lastEventId } = await page.whole(answers[0]!.id);
    expect({ content, lastEventId }).toEqual({ content: 'Hello', lastEventId: '5.0' });
    expect(end).toMatchObject({
      content: 'Hello',
      state: 'complete',
      error: null,
      metrics: { promptTokens: 5, completionTokens: 7, cost: '0.000019', isEstimated: false },
    });
    const [logged] = await chat.lumen.dataSource.query<Record<string, unknown>[]>(
      `SELECT source FROM request_log WHERE request_id = '${end!.metrics!.requestId}'`,
    );
    expect(logged).toEqual({ source: 'chat' });
    const opened = await page.open(conversation.id);
    expect(opened.conversation).toMatchObject({ isAnswering: false, cost: '0.000019' });
    expect(opened.messages.at(-1)).toEqual(end);
  });

  it('is asked with what was said before, and the settings of its conversation', async () => {
    const { page, upstream } = chat;
    const settings = {
      systemPrompt: 'Be brief.',
      temperature: 0.5,
      maxOutputTokens: 100,
      reasoningEffort: 'low' as const,
    };
    const first = await page.begin({ ...QUESTION, settings });
    const { id } = await answered(first);
    const next = await page.ask(first.conversation.id, {
      content: 'And then?',
      models: ['m'],
      parentId: id,
    });
    await answered(next);
    expect(JSON.parse(upstream.lastRequest.bytes.toString())).toMatchObject({
      model: 'm-upstream',
      temperature: 0.5,
      max_tokens: 100,
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'How do magnets work?' },
        { role: 'assistant', content: 'Hello' },
        { role: 'user', content: 'And then?' },
      ],
    });
    // The model of the test does not reason.
    expect(upstream.lastRequest.bytes.toString()).not.toContain('reasoning_effort');
  });

  it.each([
    ['reasoning_content', [{ reasoning_content: 'Hm' }, { content: 'Hi' }]],
    ['reasoning', [{ reasoning: 'Hm' }, { content: 'Hi' }]],
    ['<think>', [{ content: '<thi' }, { content: 'nk>Hm</th' }, { content: 'ink>\n\nHi' }]],
    [
      'parts',
      [
        { content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'Hm' }] }] },
        { content: [{ type: 'text', text: 'Hi' }] },
      ],
    ],
  ])('keeps what the model thought apart, told as %s', async (_how, deltas) => {
    chat.upstream.next(whole(...deltas.map((fields) => delta(fields))));
    const { answers } = await chat.page.begin(QUESTION);
    const followed = await chat.page.whole(answers[0]!.id);
    expect(followed).toMatchObject({ content: 'Hi', reasoning: 'Hm', lastEventId: '2.2' });
    expect(followed.end).toMatchObject({ content: 'Hi', reasoning: 'Hm' });
    expect(followed.end!.metrics!.thinkingMs).not.toBeNull();
  });

  it('is kept whole whatever pieces its characters come in', async () => {
    const [high, low] = '😀'.split('');
    chat.upstream.next(whole(chunkText(`a\0${high}`), chunkText(`${low}b`), chunkText(high!)));
    const { content, end } = await chat.page.whole(
      (await chat.page.begin(QUESTION)).answers[0]!.id,
    );
    expect(content).toBe('a😀b');
    expect(end!.content).toBe('a😀b');
  });

  it('is taken in one piece from a model that does not stream', async () => {
    chat.upstream.next(completion('At once'));
    expect(await answered(await chat.page.begin(QUESTION))).toMatchObject({
      content: 'At once',
      state: 'complete',
      finishReason: 'stop',
    });
  });

  it('knows the files of its question, and is refused where its model cannot see them', async () => {
    const { page, upstream } = chat;
    const files = new FileSender(page);
    const notes = await files.give('notes.txt', 'Poles attract.');
    const attachmentIds = [notes.id, (await files.give('dot.png', PNG)).id];
    const refused = await page.fetch('/chat/conversations', 'POST', { ...QUESTION, attachmentIds });
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({
      error: { code: 'invalid_request', details: { model: 'm', attachment: 'dot.png' } },
    });
    const asked = await page.begin({ content: '', models: ['seeing'], attachmentIds });
    expect(asked.conversation.title).toBe('notes.txt');
    expect(asked.question.attachments.map(({ id }) => id)).toEqual(attachmentIds);
    await page.whole(asked.answers[0]!.id);
    const { messages } = JSON.parse(upstream.lastRequest.bytes.toString()) as {
      messages: { content: { text?: string; image_url?: { url: string } }[] }[];
    };
    const [text, image] = messages[0]!.content;
    expect(text!.text).toBe('File "notes.txt":\n```\nPoles attract.\n```');
    expect(image!.image_url!.url).toBe(`data:image/png;base64,${PNG.toString('base64')}`);
    const path = `/chat/conversations/${asked.conversation.id}/messages/${asked.question.id}/answers`;
    expect((await page.fetch(path, 'POST', { models: ['m'] })).status).toBe(400);
  });

  it('of two models is written for both, side by side', async () => {
    const { page } = chat;
    const asked = await page.begin({ ...QUESTION, models: ['n', 'm'] });
    expect(asked.answers.map(({ model }) => model)).toEqual(['n', 'm']);
    const ids = new Set(asked.answers.map(({ comparisonId }) => comparisonId));
    expect(ids.size).toBe(1);
    const ends = await Promise.all(asked.answers.map(({ id }) => page.whole(id)));
    expect(ends.map(({ end }) => end!.state)).toEqual(['complete', 'complete']);
  });

  it('that fails before its first word says why', async () => {
    chat.upstream.next(status(400, JSON.stringify({ error: { message: 'Too long a prompt' } })));
    const failed = await answered(await chat.page.begin(QUESTION));
    expect(failed).toMatchObject({ state: 'failed', content: '', metrics: { cost: null } });
    expect(failed.error).toMatchObject({ code: 'upstream_request_refused' });
    expect(failed.error!.message).toContain('Too long a prompt');
  });

  it.each([
    ['breaks off', cutAfter],
    ['ends in mid-answer', stream],
  ])('that %s keeps what came, and goes on where it was when asked to', async (_how, behaviour) => {
    const { page, upstream } = chat;
    upstream.next(behaviour(chunkText('Magnets '), chunkText('at')));
    const asked = await page.begin(QUESTION);
    const broken = await answered(asked);
    expect(broken).toMatchObject({ state: 'interrupted', content: 'Magnets at' });
    expect(broken.error).not.toBeNull();
    upstream.next(whole(chunkText('tract.')));
    const path = `/chat/conversations/${asked.conversation.id}/messages/${broken.id}/continuation`;
    expect(await page.get(path, 'POST')).toMatchObject({ state: 'writing', error: null });
    const rest = await page.whole(broken.id, `${'Magnets at'.length}.0`);
    expect(rest.content).toBe('tract.');
    expect(rest.end).toMatchObject({ content: 'Magnets attract.', state: 'complete' });
    const { completionTokens } = rest.end!.metrics!;
    expect(completionTokens).toBeGreaterThan(7);
    expect(promptOf(-1)).toMatchObject([
      { role: 'user' },
      { role: 'assistant', content: 'Magnets at' },
      { role: 'user' },
    ]);
    const again = await page.fetch(path, 'POST');
    expect(again.status).toBe(409);
  });

  it('without a word is a failure', async () => {
    chat.upstream.next(whole(delta({ role: 'assistant' })));
    expect(await answered(await chat.page.begin(QUESTION))).toMatchObject({
      state: 'failed',
      error: { code: 'upstream_error' },
    });
  });

  it('cut by its limit can go on, a complete one cannot', async () => {
    chat.upstream.next(whole(delta({ content: 'Mag' }, 'length')));
    const asked = await chat.page.begin(QUESTION);
    const cut = await answered(asked);
    expect(cut).toMatchObject({ state: 'complete', finishReason: 'length' });
    chat.upstream.next(whole(chunkText('nets')));
    const path = `/chat/conversations/${asked.conversation.id}/messages/${cut.id}/continuation`;
    await chat.page.get(path, 'POST');
    expect((await chat.page.whole(cut.id)).end).toMatchObject({ content: 'Magnets' });
    expect((await chat.page.fetch(path, 'POST')).status).toBe(409);
  });

  it('is stopped where nobody writes it any more', async () => {
    const { page, upstream, lumen } = chat;
    upstream.next(stream(chunkText('Hel'), new Promise(() => undefined)));
    const { answers } = await page.begin(QUESTION);
    const { id } = answers[0]!;
    const reader = await page.follow(id);
    await reader.next();
    await page.stop(id);
    await lumen.dataSource.query("UPDATE messages SET state = 'writing' WHERE role = 'assistant'");
    expect(await page.stop(id)).toMatchObject({ state: 'stopped', content: 'Hel' });
  });

  it('stops with what has come, and the model is told', async () => {
    const { page, upstream } = chat;
    upstream.next(stream(chunkText('Hel'), new Promise(() => undefined)));
    const { answers } = await page.begin(QUESTION);
    const { id } = answers[0]!;
    const reader = await page.follow(id);
    await reader.next();
    expect(await page.stop(id)).toMatchObject({ state: 'stopped', content: 'Hel', error: null });
    await upstream.lastRequest.aborted;
    expect((await reader.next())!).toMatchObject({ event: 'end', data: { state: 'stopped' } });
    expect(await page.stop(id)).toMatchObject({ state: 'stopped', content: 'Hel' });
  });

  it('is rejoined where it was, with the rest in one piece', async () => {
    const { page, upstream } = chat;
    const gate = Promise.withResolvers<void>();
    upstream.next(
      stream(
        chunkText('one '),
        chunkText('two '),
        gate.promise,
        chunkText('three'),
        USAGE_CHUNK,
        DONE,
      ),
    );
    const { id } = (await page.begin(QUESTION)).answers[0]!;
    const first = await page.follow(id);
    const { id: last } = await first.find(({ id: at }) => at === '8.0');
    first.leave();
    const second = await page.follow(id, last);
    gate.resolve();
    expect(await second.next()).toMatchObject({ data: { content: 'three' }, id: '13.0' });
    expect(await second.next()).toMatchObject({ event: 'end', data: { content: 'one two three' } });
    expect(await page.whole(id)).toMatchObject({ content: 'one two three' });
    const late = await page.whole(id, '4.0');
    expect(late).toMatchObject({ content: 'two three', lastEventId: '13.0' });
  });

  it('waits for a database that does not take its end, and is followed meanwhile', async () => {
    const { page, upstream, lumen } = chat;
    const gate = Promise.withResolvers<void>();
    upstream.next(async (request, response) => {
      await gate.promise;
      await completion('Hello')(request, response);
    });
    const end = jest.spyOn(lumen.app.get(RunningAnswersService), 'end');
    const { answers } = await page.begin(QUESTION);
    const reader = await page.follow(answers[0]!.id);
    await lumen.dataSource.query('ALTER TABLE running_answers RENAME TO away');
    gate.resolve();
    expect((await reader.next())!.data).toMatchObject({ content: 'Hello' });
    await until(() => end.mock.calls.length >= 2);
    await lumen.dataSource.query('ALTER TABLE away RENAME TO running_answers');
    expect(wholeOf(await reader.rest()).end).toMatchObject({ content: 'Hello', state: 'complete' });
    end.mockRestore();
  });

  it('is asked for once, however often its question is sent', async () => {
    const { page, upstream } = chat;
    const id = randomUUID();
    const asked = await Promise.all([1, 2, 3].map(() => page.begin({ ...QUESTION, id })));
    expect(new Set(asked.map(({ conversation }) => conversation.id)).size).toBe(1);
    expect(new Set(asked.map(({ answers }) => answers[0]!.id)).size).toBe(1);
    await answered(asked[0]!);
    expect(await page.begin({ ...QUESTION, id })).toMatchObject({ question: { id } });
    expect(upstream.requests).toHaveLength(1);
  });

  it('can be had again, beside the one that is there', async () => {
    const { page, upstream } = chat;
    const asked = await page.begin(QUESTION);
    const first = await answered(asked);
    upstream.next(whole(chunkText('Otherwise')));
    const path = `/chat/conversations/${asked.conversation.id}/messages/${asked.question.id}/answers`;
    const again = await page.get<AskedDto>(path, 'POST', { models: ['m'] });
    const second = await answered(again);
    expect(second).toMatchObject({ content: 'Otherwise', siblingIds: [first.id, second.id] });
    expect(promptOf(-1)).toEqual([{ role: 'user', content: QUESTION.content }]);
  });

  it('of a question worded anew does not know the old wording', async () => {
    const { page } = chat;
    const asked = await page.begin(QUESTION);
    await answered(asked);
    const edited = await page.ask(asked.conversation.id, {
      content: 'What are magnets?',
      models: ['m'],
      parentId: null,
    });
    await answered(edited);
    expect(edited.question.siblingIds).toEqual([asked.question.id, edited.question.id]);
    expect(promptOf(-1)).toEqual([{ role: 'user', content: 'What are magnets?' }]);
  });

  it('ends when its conversation is deleted', async () => {
    const { page, upstream } = chat;
    upstream.next(stream(chunkText('Hel'), new Promise(() => undefined)));
    const { conversation, answers } = await page.begin(QUESTION);
    await (await page.follow(answers[0]!.id)).next();
    await page.get(`/chat/conversations/${conversation.id}`, 'DELETE');
    await upstream.lastRequest.aborted;
  });

  describe('is refused before anything is written', () => {
    afterEach(async () => {
      const { dataSource } = chat.lumen;
      for (const table of ['conversations', 'messages', 'running_answers']) {
        const [row] = await dataSource.query<{ n: string }[]>(`SELECT count(*) AS n FROM ${table}`);
        expect(Number(row!.n)).toBe(0);
      }
      expect(chat.upstream.requests).toEqual([]);
    });

    it.each([
      ['an unknown model', { models: ['nobody'] }, 404, 'model_not_found'],
      ['an empty question', { content: ' \n' }, 400, 'invalid_request'],
      ['a NUL', { content: 'a\0b' }, 400, 'invalid_request'],
      ['the same model twice', { models: ['m', 'm'] }, 400, 'invalid_request'],
      ['three models', { models: ['m', 'n', 'o'] }, 400, 'invalid_request'],
      ['an attachment that is not there', { attachmentIds: [randomUUID()] }, 404, 'not_found'],
      ['a folder that is not there', { folderId: randomUUID() }, 404, 'not_found'],
      ['an id that is none', { id: 'x' }, 400, 'invalid_request'],
      ['a setting that cannot be', { settings: { temperature: 3 } }, 400, 'invalid_request'],
    ])('%s', async (_what, change, code, error) => {
      const answer = await chat.page.fetch('/chat/conversations', 'POST', {
        ...QUESTION,
        ...change,
      });
      expect(answer.status).toBe(code);
      expect(await answer.json()).toMatchObject({ error: { code: error } });
    });
  });

  it('is written for a person at most so many at a time', async () => {
    const { page, upstream } = chat;
    upstream.usual = stream(chunkText('Hel'), new Promise(() => undefined));
    const running = await Promise.all([1, 2, 3, 4].map(() => page.begin(QUESTION)));
    const refused = await page.fetch('/chat/conversations', 'POST', QUESTION);
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ error: { code: 'rate_limit_exceeded' } });
    await page.stop(running[0]!.answers[0]!.id);
    running.push(await page.begin(QUESTION));
    await Promise.all(running.map(({ answers }) => page.stop(answers[0]!.id)));
  });

  it('is counted with those that are asked for in the same moment', async () => {
    const { page, upstream } = chat;
    upstream.usual = stream(chunkText('Hel'), new Promise(() => undefined));
    const asked = await Promise.all(
      Array.from({ length: 12 }, () => page.fetch('/chat/conversations', 'POST', QUESTION)),
    );
    expect(asked.map(({ status }) => status).sort()).toEqual([
      ...Array.from({ length: 4 }, () => 201),
      ...Array.from({ length: 8 }, () => 429),
    ]);
    const begun = asked.filter(({ status }) => status === 201).map((answer) => answer.json());
    for (const { answers } of (await Promise.all(begun)) as { answers: { id: string }[] }[]) {
      await page.stop(answers[0]!.id);
    }
  });

  it('of another person is not there', async () => {
    const { page, lumen } = chat;
    const asked = await page.begin(QUESTION);
    const { id } = await answered(asked);
    await lumen.logInAs('eve@example.com');
    const eve = (...request: Parameters<typeof lumen.ask>) => lumen.ask(...request);
    const conversation = `/chat/conversations/${asked.conversation.id}`;
    const question = { ...QUESTION, parentId: id };
    const tries = [
      await eve('GET', `/chat/answers/${id}/events`),
      await eve('POST', `/chat/answers/${id}/stop`),
      await eve('POST', `${conversation}/questions`, question),
      await eve('POST', `${conversation}/messages/${asked.question.id}/answers`, { models: ['m'] }),
      await eve('POST', `${conversation}/messages/${id}/continuation`),
    ];
    expect(tries.map(({ status: code }) => code)).toEqual([404, 404, 404, 404, 404]);
    for (const { body } of tries) expect(body).toMatchObject({ error: { code: 'not_found' } });
  });
});
