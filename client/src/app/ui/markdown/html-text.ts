const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand in HTML, in element content and in quoted attributes alike. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

/** Formatting that models write as HTML because Markdown has no sign for it; never attributes. */
const HARMLESS_TAGS =
  /&lt;(\/?)(br|sub|sup|kbd|mark|u|s|b|i|em|strong|small|var|samp)[ \t]*\/?&gt;/gi;

/** HTML found inside Markdown: shown as the text it is, but for a few bare formatting tags. */
export function escapeForeignHtml(html: string): string {
  return escapeHtml(html).replace(HARMLESS_TAGS, '<$1$2>');
}
