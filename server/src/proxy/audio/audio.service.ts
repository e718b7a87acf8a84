import { Injectable } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Operation } from '../operations.js';
import { ProxyService } from '../proxy.service.js';
import { AudioUploadsService } from './audio-uploads.service.js';

/** Answers requests that come with a file. */
@Injectable()
export class AudioService {
  constructor(
    private readonly uploads: AudioUploadsService,
    private readonly proxy: ProxyService,
  ) {}

  /**
   * Receives the form, then answers it like any other request.
   * @throws AppError what receiving throws, and what `ProxyService.answer` throws
   */
  async answer(operation: Operation, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    await this.uploads.withForm(request, async (form) => {
      request.body = form;
      await this.proxy.answer(operation, 'api', request, reply);
    });
  }
}
