import { Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { ConfigurationService } from '../../config/configuration.service.js';
import { getBounded } from '../../infrastructure/upstream/bounded-call.js';
import { readmeAddress, withoutFrontMatter } from './readme-address.js';

export interface Readme {
  /** Markdown. */
  readonly text: string;
  /** The address it was read from. */
  readonly source: string;
}

const TIMEOUT_MS = 8_000;
const MOST_BYTES = 512 * 1024;
const KEPT = 100;
const KEPT_MS = 6 * 3_600_000;
/** What could not be read is not asked for again with every look at the page. */
const MISSING_KEPT_MS = 5 * 60_000;
const MOST_AT_ONCE = 4;

/**
 * The README of a model, from the page that its `url` names, as far as the server may reach it:
 * addresses are judged like those of backends, redirects are not followed.
 */
@Injectable()
export class ModelReadmeService {
  private readonly logger = new Logger('Readme');
  private readonly known = new LRUCache<string, { readme: Readme | null }>({ max: KEPT });
  private readonly underWay = new Map<string, Promise<Readme | null>>();

  constructor(private readonly configuration: ConfigurationService) {}

  /** Null: there is none, or it cannot be had now. Never rejects. */
  async of(page: string | null): Promise<Readme | null> {
    const address = page === null ? null : readmeAddress(page);
    if (address === null) return null;
    const { href } = address;
    const known = this.known.get(href);
    if (known) return known.readme;
    const asked = this.underWay.get(href);
    if (asked) return asked;
    if (this.underWay.size >= MOST_AT_ONCE) return null;
    const reading = this.read(address).finally(() => this.underWay.delete(href));
    this.underWay.set(href, reading);
    return reading;
  }

  private async read(address: URL): Promise<Readme | null> {
    const text = await this.textAt(address);
    const readme = text === null || text === '' ? null : { text, source: address.href };
    const ttl = readme === null ? MISSING_KEPT_MS : KEPT_MS;
    this.known.set(address.href, { readme }, { ttl });
    return readme;
  }

  private async textAt(url: URL): Promise<string | null> {
    try {
      const { status, headers, body } = await getBounded({
        url,
        headers: { accept: 'text/markdown, text/plain' },
        timeoutMs: TIMEOUT_MS,
        mostBytes: MOST_BYTES,
        allowsPrivate: this.configuration.current.upstream.allowPrivate,
      });
      const isText = /^text\/(?:plain|markdown|x-markdown)\b/.test(headers['content-type'] ?? '');
      return status === 200 && isText ? withoutFrontMatter(body.toString('utf8')) : null;
    } catch (error) {
      this.logger.debug(`${url.href} could not be read: ${String(error)}`);
      return null;
    }
  }
}
