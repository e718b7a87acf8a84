import { invalid, isObject } from '../requests/json-body.js';
import { assertBlock, type Fields, textIn } from './messages-body.js';

const MOST_SHOWN = 100;

/** What a message of a chat completion is made of. */
export type Part =
  { type: 'text'; text: string } | { type: 'image_url'; image_url: { url: string } };

export const asText = (text: string): Part & { type: 'text' } => ({ type: 'text', text });

/**
 * A block as parts of a message; thoughts become none.
 * @throws AppError invalid_request for what has no counterpart
 */
export function partsOf(block: Fields, at: string): Part[] {
  if (block['type'] === 'text') return [{ type: 'text', text: textIn(block, 'text', at) }];
  if (block['type'] === 'image') {
    return [{ type: 'image_url', image_url: { url: imageUrl(block, at) } }];
  }
  if (block['type'] === 'document') return documentParts(block, at);
  if (isThought(block)) return [];
  throw unsupported(block, at);
}

function imageUrl(block: Fields, at: string): string {
  const source = sourceOf(block, at);
  if (source['type'] === 'url') return textIn(source, 'url', `${at}.source`);
  if (source['type'] !== 'base64') {
    throw invalid(
      `${at}.source`,
      'Send the image as base64 or by its address: this model has no store of files.',
    );
  }
  const mediaType = textIn(source, 'media_type', `${at}.source`);
  return `data:${mediaType};base64,${textIn(source, 'data', `${at}.source`)}`;
}

function documentParts(block: Fields, at: string): Part[] {
  const source = sourceOf(block, at);
  const title = typeof block['title'] === 'string' ? [asText(block['title'])] : [];
  if (source['type'] === 'text') return [...title, asText(textIn(source, 'data', `${at}.source`))];
  if (source['type'] === 'content') {
    const blocks = blocksOf(source['content'], `${at}.source.content`);
    const parts = blocks.flatMap((inner, index) => {
      const where = `${at}.source.content.${index}`;
      if (inner['type'] === 'document') throw unsupported(inner, where);
      return partsOf(inner, where);
    });
    return [...title, ...parts];
  }
  throw invalid(
    `${at}.source`,
    'This model takes documents as plain text only. Send the text of the document, or choose a model whose backend reads PDF.',
  );
}

function sourceOf(block: Fields, at: string): Fields {
  const { source } = block;
  if (isObject(source)) return source;
  throw invalid(`${at}.source`, `"${at}.source" must be an object.`);
}

/** @throws AppError invalid_request */
export function blocksOf(content: unknown, at: string): readonly Fields[] {
  if (typeof content === 'string') return [asText(content)];
  if (!Array.isArray(content)) {
    throw invalid(at, `"${at}" must be a string or a list of blocks.`);
  }
  content.forEach((block: unknown, index) => assertBlock(block, `${at}.${index}`));
  return content as Fields[];
}

export function isThought({ type }: Fields): boolean {
  return type === 'thinking' || type === 'redacted_thinking';
}

/** What the caller hears of a block that cannot be translated. */
export function unsupported({ type }: Fields, at: string): Error {
  const name = String(type).slice(0, MOST_SHOWN);
  return invalid(
    at,
    `This model cannot take a block of the type "${name}" at "${at}". Leave it out, or choose a model whose backend speaks Anthropic's API.`,
  );
}
