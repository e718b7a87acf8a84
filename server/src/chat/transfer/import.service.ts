import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { type FastifyRequest } from 'fastify';
import { ConfigurationService } from '../../config/configuration.service.js';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { EncryptedFile } from '../../infrastructure/http/forms/encrypted-file.js';
import { IncomingForms } from '../../infrastructure/http/forms/incoming-forms.js';
import { ChatEventsService } from '../events/chat-events.service.js';
import { CHAT_RETENTION, type ChatRetention } from '../retention/chat-retention.js';
import { ImportedConversationsService } from './imported-conversations.service.js';
import { readInThread, ReadingEndedError } from './reading/chat-file-thread.js';
import {
  type FoundConversations,
  type ImportedConversation,
} from './reading/imported-conversation.js';
import { NotJsonError } from './reading/json-elements.js';
import { type ImportResultDto } from './transfer.dto.js';

const PROGRAM = new URL('./reading/chat-file.worker.js', import.meta.url);
const THREAD = { timeMs: 20_000, memoryMb: 512 };
const LONGEST_MS = 10 * 60_000;
const DAY_MS = 86_400_000;
const MOST_TOLD = 100;
/** Of the first ones a person's other pages are told at once; they ask for the rest by themselves. */
const MOST_EVENTS = 50;
const REST = 'The rest of the file';

/** Brings in conversations from other products. */
@Injectable()
export class ImportService implements OnModuleDestroy {
  private readonly logger = new Logger(ImportService.name);
  private readonly forms: IncomingForms;

  constructor(
    private readonly configuration: ConfigurationService,
    private readonly imported: ImportedConversationsService,
    private readonly events: ChatEventsService,
    @Inject(CHAT_RETENTION) private readonly retention: ChatRetention,
    private readonly clock: ClockService,
  ) {
    this.forms = new IncomingForms(clock, { most: 2, mostOfCaller: 1, refusal: tooManyImports });
  }

  onModuleDestroy(): void {
    this.forms.close();
  }

  /** Reads the file of a form. @throws AppError of the form; invalid_request: it is no such file */
  take(userId: string, request: FastifyRequest): Promise<ImportResultDto> {
    return this.forms.withPlace(request, userId, async () => {
      const terms = { fileBytes: this.configuration.current.limits.uploadBytes, unnamed: 'import' };
      this.forms.check(request, terms);
      await using file = await EncryptedFile.create();
      await this.forms.read(request, file, terms);
      // Awaited here: the file is there only so long.
      return await this.bringIn(userId, readInThread(PROGRAM, file.chunks(), THREAD));
    });
  }

  /** Writes what is found, as it is found; a conversation that fails does not keep out the others. */
  async bringIn(
    userId: string,
    found: AsyncIterable<FoundConversations>,
  ): Promise<ImportResultDto> {
    const result: ImportResultDto = { imported: 0, skipped: [], skippedCount: 0 };
    const endsMs = this.clock.monotonicMs() + LONGEST_MS;
    const days = await this.retention.daysOf(userId);
    try {
      for await (const some of found) {
        await this.write({ userId, days }, some, result);
        if (this.clock.monotonicMs() > endsMs) throw new ReadingEndedError('it took too long');
      }
    } catch (error) {
      if (error instanceof NotJsonError) throw notJson();
      if (!(error instanceof ReadingEndedError)) throw error;
      skip(result, REST, error.message);
    }
    return result;
  }

  private async write(
    { userId, days }: { userId: string; days: number | null },
    { conversations, skipped, furtherSkipped }: FoundConversations,
    result: ImportResultDto,
  ): Promise<void> {
    for (const { name, reason } of skipped) skip(result, name, reason);
    result.skippedCount += furtherSkipped;
    const oldestMs = days === null ? 0 : this.clock.nowMs() - days * DAY_MS;
    for (const conversation of conversations) {
      const { title, updatedMs } = conversation;
      if (updatedMs >= oldestMs) await this.writeOne(userId, conversation, result);
      else
        skip(result, title, `it is older than the ${days} days that conversations are kept here`);
    }
  }

  private async writeOne(
    userId: string,
    conversation: ImportedConversation,
    result: ImportResultDto,
  ): Promise<void> {
    try {
      const { id, folderId } = await this.imported.write(userId, conversation);
      result.imported += 1;
      this.tell(userId, { id, isInFolder: folderId !== null }, result.imported);
    } catch (error) {
      this.logger.warn(`A conversation could not be imported: ${String(error)}`);
      skip(result, conversation.title, 'it could not be stored; try again later');
    }
  }

  private tell(userId: string, of: { id: string; isInFolder: boolean }, count: number): void {
    if (count > MOST_EVENTS) return;
    if (of.isInFolder) this.events.foldersChanged(userId);
    this.events.conversationChanged(userId, of.id);
  }
}

function skip(result: ImportResultDto, name: string, reason: string): void {
  result.skippedCount += 1;
  if (result.skipped.length < MOST_TOLD) {
    result.skipped.push({ name, reason: `It was skipped: ${reason}.` });
  }
}

const notJson = () =>
  new AppError(
    'invalid_request',
    'The file is not JSON. Take the file that Open WebUI, ChatGPT or Lumen exported; unpack it first if it is a ZIP, and take conversations.json.',
    { param: 'file' },
  );

const tooManyImports = () =>
  new AppError('overloaded', 'A file is being imported already. Try again when that is done.', {
    retryAfterS: 10,
  });
