import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { type FastifyReply } from 'fastify';
import { AppError } from '../infrastructure/errors/app-error.js';

/** A signal that is aborted when the caller leaves before the answer, for work that takes long. */
export const CallerSignal = createParamDecorator(
  (_data: unknown, context: ExecutionContext): AbortSignal => {
    const { raw } = context.switchToHttp().getResponse<FastifyReply>();
    const caller = new AbortController();
    raw.once('close', () => {
      if (!raw.writableFinished) caller.abort(left());
    });
    return caller.signal;
  },
);

/** Nobody reads this answer; it keeps a closed page from being logged as a fault of ours. */
const left = () => new AppError('invalid_request', 'The caller left before the answer was ready.');
