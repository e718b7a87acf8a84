import { readdir, readFile } from 'node:fs/promises';
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
  /** Markdown, without the title; of pictures what they show, in words. */
  readonly text: string;
  /** The same with its pictures. */
  readonly page: string;
}

export interface FoundTopic extends HelpTopic {
  readonly snippet: string;
}

/** The documentation, as far as `docs/index.json` lists it: nothing else can be asked for. */
@Injectable()
export class HelpService {
  private documentation: Promise<Documentation> | null = null;

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

  /**
   * The WebP that pages show under this name.
   * @throws AppError not_found
   */
  async picture(name: string): Promise<Buffer> {
    const bytes = (await this.read()).pictures.get(name);
    if (bytes) return bytes;
    throw new AppError('not_found', 'There is no such picture in the help.');
  }

  private async all(): Promise<Documentation['topics']> {
    return (await this.read()).topics;
  }

  /** Once; after a failure again with the next question. */
  private read(): Promise<Documentation> {
    this.documentation ??= readDocumentation().catch((error: unknown) => {
      this.documentation = null;
      throw error;
    });
    return this.documentation;
  }
}

interface Documentation {
  readonly topics: ReadonlyMap<string, HelpTopic>;
  readonly pictures: ReadonlyMap<string, Buffer>;
}

async function readDocumentation(): Promise<Documentation> {
  const index = JSON.parse(await readFile(new URL('index.json', DOCUMENTS), 'utf8')) as Pick<
    HelpTopic,
    'id' | 'audience'
  >[];
  const ids = new Set(index.map(({ id }) => id));
  const pictures = await readPictures();
  const names = new Set(pictures.keys());
  const topics = await Promise.all(
    index.map(async ({ id, audience }): Promise<[string, HelpTopic]> => {
      const document = await readFile(new URL(`${id}.md`, DOCUMENTS), 'utf8');
      const [, title = id] = /^# (.+)$/m.exec(document) ?? [];
      const body = document.replace(/^# .+\n+/, '');
      const text = portalLinks(body, ids, id);
      return [id, { id, title, audience, text, page: portalLinks(body, ids, id, names) }];
    }),
  );
  return { topics: new Map(topics), pictures };
}

/** By their names. Where they were left out of an image of a container, there are none. */
async function readPictures(): Promise<ReadonlyMap<string, Buffer>> {
  const folder = new URL('images/', DOCUMENTS);
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.webp'));
  const read = async (name: string) => [name, await readFile(new URL(name, folder))] as const;
  return new Map(await Promise.all(names.map(read)));
}
