import { type UrlMatchResult, type UrlSegment } from '@angular/router';

/**
 * `/chat` and `/chat/{id}` are one route, so that the page stays when a new conversation gets its
 * address with the first question.
 */
export function chatAddress(segments: UrlSegment[]): UrlMatchResult | null {
  const [chat, id, more] = segments;
  if (chat?.path !== 'chat' || more !== undefined) return null;
  return { consumed: segments, posParams: id === undefined ? {} : { id } };
}
