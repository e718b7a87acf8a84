import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ConfigurationService } from '../../config/configuration.service.js';
import { postBounded } from '../../infrastructure/upstream/bounded-call.js';
import {
  type CatalogueEntry,
  CatalogueService,
  type ModelEndpoint,
  RouterService,
} from '../../models/index.js';
import { Conversation } from '../conversations/conversation.entity.js';
import { ChatEventsService } from '../events/chat-events.service.js';
import { Message } from '../messages/message.entity.js';
import { type IndexedPlace, SearchIndexService } from '../search/search-index.service.js';
import { titleRequest } from './title-request.js';
import { titleFromModel } from './title-texts.js';

const MOST_AT_ONCE = 4;
const TIMEOUT_MS = 30_000;
const MOST_BYTES = 256 * 1024;

/** What a conversation began with. */
export interface FirstExchange extends IndexedPlace {
  readonly answer: Pick<Message, 'parentId'>;
  readonly content: string;
}

/**
 * Has conversations named by a model where one is configured for it. It is asked directly, so that
 * nobody pays for it; where it fails, the first words stay.
 */
@Injectable()
export class TitlesService {
  private readonly logger = new Logger(TitlesService.name);
  private underWay = 0;

  constructor(
    private readonly dataSource: DataSource,
    private readonly configuration: ConfigurationService,
    private readonly catalogue: CatalogueService,
    private readonly router: RouterService,
    private readonly index: SearchIndexService,
    private readonly events: ChatEventsService,
  ) {}

  /** An answer has ended. Names its conversation if it was the first; does not wait for that. */
  consider(exchange: FirstExchange): void {
    const { model } = this.configuration.current.chat.titles;
    const entry = model === null ? undefined : this.catalogue.find(model);
    if (!entry || this.underWay >= MOST_AT_ONCE) return;
    this.underWay += 1;
    this.name(exchange, entry)
      .catch((error: unknown) => this.logger.warn(`A title was not made: ${String(error)}`))
      .finally(() => (this.underWay -= 1));
  }

  private async name(exchange: FirstExchange, entry: CatalogueEntry): Promise<void> {
    const question = await this.firstQuestion(exchange);
    if (question === null) return;
    const endpoint = this.endpointOf(entry);
    if (!endpoint) return;
    const body = titleRequest(entry, endpoint, { question, answer: exchange.content });
    const title = titleFromModel(await ask(endpoint, body));
    if (title !== null) await this.keep(exchange, title);
  }

  /** Null: this was not the first exchange, or the conversation has a title from elsewhere. */
  private async firstQuestion({ conversationId, answer }: FirstExchange): Promise<string | null> {
    const { manager } = this.dataSource;
    const id = answer.parentId ?? '';
    const question = await manager.findOneBy(Message, { id, conversationId });
    if (question?.parentId !== null) return null;
    const untitled = { id: conversationId, titleSource: 'words' } as const;
    return (await manager.existsBy(Conversation, untitled)) ? question.content : null;
  }

  private endpointOf(entry: CatalogueEntry): ModelEndpoint | undefined {
    const states = this.router.states(entry);
    return (states.find(({ status }) => status === 'healthy') ?? states[0])?.endpoint;
  }

  /** A person who was faster has named it. */
  private async keep(place: FirstExchange, title: string): Promise<void> {
    const { userId, conversationId: id } = place;
    const isNamed = await this.dataSource.transaction(async (manager) => {
      const untitled = { id, titleSource: 'words' } as const;
      const named = { title, titleSource: 'model' } as const;
      const { affected } = await manager.update(Conversation, untitled, named);
      if (affected) await this.index.putTitle(manager, { userId, conversationId: id }, title);
      return Boolean(affected);
    });
    if (isNamed) this.events.conversationChanged(userId, id);
  }
}

async function ask(endpoint: ModelEndpoint, request: Record<string, unknown>): Promise<string> {
  const { authorization } = endpoint;
  const { status, body } = await postBounded({
    url: new URL(`${endpoint.origin}${endpoint.basePath}/chat/completions`),
    headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
    body: JSON.stringify(request),
    timeoutMs: TIMEOUT_MS,
    mostBytes: MOST_BYTES,
    allowsPrivate: endpoint.isPublicOnly !== true,
  });
  if (status !== 200) throw new Error(`the model answered with ${status}`);
  return contentIn(body);
}

function contentIn(body: Buffer): string {
  const { choices } = JSON.parse(body.toString()) as {
    choices?: { message?: { content?: unknown } }[];
  };
  const content = choices?.[0]?.message?.content;
  return typeof content === 'string' ? content : '';
}
