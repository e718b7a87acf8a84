import { type IncomingHttpHeaders } from 'node:http';

export const EVENT_STREAM = 'text/event-stream';
const MEDIA_TYPE = /^[\w!#$&^.+-]{1,80}\/[\w!#$&^.+-]{1,80}/;
const PRINTABLE = /^[\x20-\x7e]{1,200}$/;
const ENCODING = /^[\w!#$%&'*+.^`|~ ,-]{1,80}$/;
/** How an event stream begins; perhaps behind a byte order mark. */
const EVENTS = /^(?:\xef\xbb\xbf)?(?:(?:data|event|id|retry)?:|\r?\n(?:data|event):)/;

/** What the headers of a backend's answer say of its content, as far as it can be said on. */
export interface AnswerHead {
  /** Undefined: nothing that makes sense. */
  readonly contentType: string | undefined;
  readonly isStream: boolean;
  /** Undefined: it is not compressed. */
  readonly encoding: string | undefined;
  /** As announced; NaN: it is not. */
  readonly length: number;
}

/** Whatever else a backend's headers say, or say twice, is not for the caller. */
export function answerHead(headers: IncomingHttpHeaders): AnswerHead {
  const type = oneOf(headers['content-type']);
  const mediaType = type ? MEDIA_TYPE.exec(type)?.[0].toLowerCase() : undefined;
  const isPlain = type !== undefined && PRINTABLE.test(type);
  const encoding = oneOf(headers['content-encoding'])?.toLowerCase();
  const isEncoded = Boolean(encoding) && encoding !== 'identity';
  return {
    contentType: mediaType && (isPlain ? mediaType + type.slice(mediaType.length) : mediaType),
    isStream: mediaType === EVENT_STREAM,
    encoding: isEncoded && ENCODING.test(encoding!) ? encoding : undefined,
    length: Number(oneOf(headers['content-length']) ?? Number.NaN),
  };
}

/** The first of those that a backend sent; a header that comes twice is a list. */
export function oneOf(header: string | readonly string[] | undefined): string | undefined {
  return (typeof header === 'object' ? header[0] : header)?.trim();
}

/** Whether these bytes begin an event stream, whatever they are called. */
export function beginsEvents(chunk: Buffer): boolean {
  return EVENTS.test(chunk.toString('latin1', 0, 16));
}
