import { TestBed } from '@angular/core/testing';

import { FakeServer, refusal } from '../../../testing/fake-server';
import { anAnswer } from '../../../testing/fixtures';
import { FollowedAnswer } from '../../../testing/followed-answer';
import { useLanguage } from '../../../testing/language';
import { Answer } from './answer';
import { AnswerFollower } from './answer-follower';
import { Reconnection } from './reconnection';

describe('AnswerFollower', () => {
  let server: FakeServer;
  let follower: AnswerFollower;
  let reconnection: Reconnection;
  let answer: Answer;
  let streams: FollowedAnswer[];

  const asked = () => server.seen.map(({ headers }) => headers.get('last-event-id'));
  const stream = async (count: number) => {
    await vi.waitFor(() => {
      reconnection.tryNow();
      expect(streams).toHaveLength(count);
    });
    return streams[count - 1]!;
  };

  beforeEach(async () => {
    streams = [];
    server = new FakeServer().on('GET /chat/answers/a-1/events', ({ signal }) => {
      streams.push(new FollowedAnswer(signal));
      return streams.at(-1)!.response;
    });
    await useLanguage();
    follower = TestBed.inject(AnswerFollower);
    reconnection = TestBed.inject(Reconnection);
    answer = new Answer('qwen', 'Qwen 3');
    answer.take(anAnswer({ state: 'writing', content: 'Once', finishReason: null }));
  });

  it('goes on from what is known, to the end', async () => {
    const over = follower.follow(answer);
    const first = await stream(1);
    expect(asked()).toEqual(['4.0']);
    first.say(' upon a', 'Hm.').say(' time');
    await vi.waitFor(() => expect(answer.content()).toBe('Once upon a time'));
    expect(answer.reasoning()).toBe('Hm.');
    first.end(anAnswer({ content: 'Once upon a time.', reasoning: 'Hm.' }));
    expect(await over).toBe(true);
    expect(answer.state()).toBe('done');
    expect(answer.content()).toBe('Once upon a time.');
  });

  it('connects again where it was when the connection breaks, and says so meanwhile', async () => {
    const over = follower.follow(answer);
    const first = await stream(1);
    first.say(' upon');
    await vi.waitFor(() => expect(answer.content()).toBe('Once upon'));
    first.fail();
    await vi.waitFor(() => expect(reconnection.state()).toBe('reconnecting'));
    expect(answer.isRunning()).toBe(true);
    const second = await stream(2);
    expect(asked()).toEqual(['4.0', '9.0']);
    await vi.waitFor(() => expect(reconnection.state()).toBe('ok'));
    second.say(' a time').end(anAnswer({ content: 'Once upon a time' }));
    expect(await over).toBe(true);
    expect(answer.content()).toBe('Once upon a time');
  });

  it('outlives a server that is away', async () => {
    let isAway = true;
    server.on('GET /chat/answers/a-1/events', () => {
      if (isAway) return refusal(503, 'shutting_down');
      streams.push(new FollowedAnswer());
      return streams[0]!.response;
    });
    const over = follower.follow(answer);
    await vi.waitFor(() => expect(reconnection.state()).toBe('reconnecting'));
    isAway = false;
    (await stream(1)).end(anAnswer());
    expect(await over).toBe(true);
  });

  it('takes the text anew where words were lost with the server that said them', async () => {
    const over = follower.follow(answer);
    const first = await stream(1);
    first.sayAnew('On').say('ly this');
    await vi.waitFor(() => expect(answer.content()).toBe('Only this'));
    first.end(anAnswer({ content: 'Only this' }));
    await over;
  });

  it('shows that an interrupted answer is written on', async () => {
    const error = { code: 'replica_lost', message: 'Lumen ended.' };
    answer.take(anAnswer({ state: 'interrupted', content: 'Once', error }));
    expect(answer.isResumable()).toBe(true);
    const over = follower.follow(answer);
    const first = await stream(1);
    first.say(' more');
    await vi.waitFor(() => expect(answer.state()).toBe('writing'));
    expect(answer.failure()).toBeNull();
    first.end(anAnswer({ content: 'Once more' }));
    await over;
    expect(answer.state()).toBe('done');
  });

  it('gives up on an answer that is gone', async () => {
    server.on('GET /chat/answers/a-1/events', () => refusal(404, 'not_found'));
    expect(await follower.follow(answer)).toBe(false);
    expect(answer.state()).toBe('broken');
  });

  it('leaves an answer as it is when the session ended', async () => {
    server.on('GET /chat/answers/a-1/events', () => refusal(401, 'login_required'));
    expect(await follower.follow(answer)).toBe(false);
    expect(answer.isRunning()).toBe(true);
  });

  it('looks away when told to, without a word', async () => {
    const over = follower.follow(answer);
    await stream(1);
    follower.leave(answer);
    expect(await over).toBe(false);
    expect(answer.isRunning()).toBe(true);
    expect(reconnection.state()).toBe('ok');
  });

  it('follows an answer once', async () => {
    const over = follower.follow(answer);
    expect(await follower.follow(answer)).toBe(false);
    (await stream(1)).end(anAnswer());
    await over;
    expect(server.seen).toHaveLength(1);
  });

  it('leaves what showed an answer before where it is shown anew', async () => {
    const over = follower.follow(answer);
    await stream(1);
    const anew = new Answer('qwen', 'Qwen 3');
    anew.take(anAnswer({ state: 'writing', content: 'Once', finishReason: null }));
    const overAnew = follower.follow(anew);
    expect(await over).toBe(false);
    (await stream(2)).end(anAnswer({ content: 'Once more' }));
    expect(await overAnew).toBe(true);
    expect(anew.content()).toBe('Once more');
  });
});
