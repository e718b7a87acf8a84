import { readFile } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import { AppError } from '../infrastructure/errors/app-error.js';
import { portalLinks } from './help-links.js';
import { fitOf, snippetOf, wordsOf } from './help-search.js';

/** Both as they stand in the repository and as they are built. */
const DOCUMENTS = new URL('../../../docs/', import.meta.url);

export const AUDIENCES = [
  'users',
  'developers',
  'administrators',
  'engineers',
  'operators',
] as const;
export type Audience = (typeof AUDIENCES)[number];

export interface HelpTopic {
  readonly id: string;
  readonly title: string;
  readonly audience: Audience;
  /** Markdown, without the title. */
  readonly text: string;
}

export interface FoundTopic extends HelpTopic {
  readonly snippet: string;
}

/** The documentation, as far as `docs/index.json` lists it: nothing else can be asked for. */
@Injectable()
export class HelpService {
  private topics: Promise<ReadonlyMap<string, HelpTopic>> | null = null;

  /** In the order of the index. */
  async list(): Promise<HelpTopic[]> {
    return [...(await this.all()).values()];
  }

  /** The pages that have all words, the best first. */
  async search(search: string): Promise<FoundTopic[]> {
    const words = wordsOf(search);
    const found = (await this.list()).map((topic) => ({ topic, fit: fitOf(topic, words) }));
    return found
      .filter(({ fit }) => fit > 0)
      .sort((one, other) => other.fit - one.fit)
      .map(({ topic }) => ({ ...topic, snippet: snippetOf(topic, words) }));
  }

  /** @throws AppError not_found */
  async find(id: string): Promise<HelpTopic> {
    const topic = (await this.all()).get(id);
    if (topic) return topic;
    throw new AppError('not_found', 'There is no such page in the help.');
  }

  /** Read once; after a failure again with the next question. */
  private all(): Promise<ReadonlyMap<string, HelpTopic>> {
    this.topics ??= readTopics().catch((error: unknown) => {
      this.topics = null;
      throw error;
    });
    return this.topics;
  }
}

async function readTopics(): Promise<ReadonlyMap<string, HelpTopic>> {
  const index = JSON.parse(await readFile(new URL('index.json', DOCUMENTS), 'utf8')) as Pick<
    HelpTopic,
    'id' | 'audience'
  >[];
  const ids = new Set(index.map(({ id }) => id));
  const topics = await Promise.all(
    index.map(async ({ id, audience }): Promise<[string, HelpTopic]> => {
      const document = await readFile(new URL(`${id}.md`, DOCUMENTS), 'utf8');
      const [, title = id] = /^# (.+)$/m.exec(document) ?? [];
      const text = portalLinks(document.replace(/^# .+\n+/, ''), ids, id);
      return [id, { id, title, audience, text }];
    }),
  );
  return new Map(topics);
}
