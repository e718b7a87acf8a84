import { Injectable } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Principal } from '../../infrastructure/http/principal.js';
import { OpenStreamsService } from '../events/open-streams.service.js';
import { type Message } from '../messages/message.entity.js';
import { type MessageDto } from '../messages/messages.dto.js';
import { AnswerFollower, positionIn } from './answer-follower.js';
import { isToGoOn } from './answer-outcome.js';
import { AnswerProductionService } from './answer-production.service.js';
import { AnswerStopsService } from './answer-stops.service.js';
import { ContinuationsService } from './continuations.service.js';
import { FollowedText } from './followed-text.js';
import { OwnAnswersService } from './own-answers.service.js';

/** A person's answers while they are written. */
@Injectable()
export class AnswersService {
  constructor(
    private readonly own: OwnAnswersService,
    private readonly production: AnswerProductionService,
    private readonly continuations: ContinuationsService,
    private readonly stops: AnswerStopsService,
    private readonly streams: OpenStreamsService,
  ) {}

  /**
   * Sends what came of an answer since the last event its reader has, and the rest as it comes. One
   * that broke off because Lumen ended goes on with that, if it may.
   * @throws AppError not_found, rate_limit_exceeded
   */
  async follow(
    principal: Principal,
    messageId: string,
    { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  ): Promise<void> {
    const answer = await this.own.find(principal.ownerId, messageId);
    this.streams.assertRoom(principal, 'answer');
    const isOver = isToGoOn(answer) && !(await this.continuations.goOnAlone(principal, answer));
    const position = positionIn(request.headers['last-event-id']);
    const current = await this.own.reread(answer);
    const stream = this.streams.begin(principal, 'answer', reply);
    const { text, stop } = this.textOf(current);
    stream.onClose(stop);
    new AnswerFollower(text, stream, position, () => this.ending(current, isOver));
  }

  /** Ends an answer with what has come, whichever replica writes it. @throws AppError not_found */
  async stop(userId: string, messageId: string): Promise<MessageDto> {
    const answer = await this.own.find(userId, messageId);
    const { id, conversationId, state } = answer;
    if (state === 'writing') await this.stops.stop({ id, conversationId, userId });
    return this.own.describe(await this.own.reread(answer));
  }

  private textOf(answer: Message): { text: FollowedText; stop: () => void } {
    const draft = this.production.draft(answer.id);
    if (draft) return { text: draft.text, stop: () => undefined };
    if (answer.state === 'writing') {
      const stored = this.own.followStored(answer);
      return { text: stored.text, stop: () => stored.stop() };
    }
    const text = new FollowedText(answer);
    text.end();
    return { text, stop: () => undefined };
  }

  /** Null: it goes on, here or elsewhere. `isOver`: not by itself. */
  private async ending(answer: Message, isOver: boolean): Promise<MessageDto | null> {
    const message = await this.own.reread(answer);
    if (message.state === 'writing' || (isToGoOn(message) && !isOver)) return null;
    return this.own.describe(message);
  }
}
