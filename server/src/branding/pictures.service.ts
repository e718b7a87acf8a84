import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { ConfigurationService } from '../config/configuration.service.js';
import { pictureType } from './picture-type.js';

const MOST_BYTES = 512 * 1024;
const MOST_PICTURES = 200;
const HASH_CHARACTERS = 20;

export interface Picture {
  readonly bytes: Buffer;
  readonly mediaType: string;
}

/** The pictures that the configuration names, read from disk, at addresses made from their content. */
@Injectable()
export class PicturesService {
  private readonly logger = new Logger(PicturesService.name);
  /** By path, size and time of change: what became of the file. */
  private readonly read = new LRUCache<string, { name: string | null }>({ max: MOST_PICTURES });
  private readonly pictures = new LRUCache<string, Picture>({ max: MOST_PICTURES });

  constructor(private readonly configuration: ConfigurationService) {}

  /** The address of a picture file; null where there is none that can be shown. */
  async addressOf(file: string | null): Promise<string | null> {
    if (file === null) return null;
    const place = path.resolve(this.configuration.directory, file);
    const name = await this.nameOf(place).catch((error: unknown) => this.refuse(place, error));
    return name === null ? null : `/branding/${name}`;
  }

  /** By the last part of its address. */
  find(name: string): Picture | undefined {
    return this.pictures.get(name);
  }

  private async nameOf(place: string): Promise<string | null> {
    const { size, mtimeMs } = await stat(place);
    const version = `${place}:${size}:${mtimeMs}`;
    const known = this.read.get(version);
    if (known && (known.name === null || this.pictures.has(known.name))) return known.name;
    const name =
      size > MOST_BYTES ? this.refuse(place, 'it has more than 512 kB') : await this.take(place);
    this.read.set(version, { name });
    return name;
  }

  private async take(place: string): Promise<string | null> {
    const bytes = await readFile(place);
    const type = pictureType(bytes);
    if (!type) return this.refuse(place, 'it is no SVG, PNG, WebP or ICO');
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, HASH_CHARACTERS);
    const name = `${hash}.${type.extension}`;
    this.pictures.set(name, { bytes, mediaType: type.mediaType });
    return name;
  }

  /** Said once, not with every page. */
  private refuse(place: string, reason: unknown): null {
    const key = `refused:${place}:${String(reason)}`;
    if (!this.read.has(key)) {
      this.read.set(key, { name: null });
      this.logger.warn(`The picture ${place} of branding is not shown: ${String(reason)}.`);
    }
    return null;
  }
}
