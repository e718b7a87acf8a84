import { type MarkedExtension, type Token, type Tokens } from 'marked';

import { escapeHtml } from './html-text';

/** `[^1]` in a line, or `[^1]: text` as a block. Both are known by the label as it is written. */
export interface FootnoteToken extends Tokens.Generic {
  type: 'footnote' | 'footnoteText';
  label: string;
}

const LABEL = String.raw`\[\^([\w.-]{1,40})\]`;
const REFERENCE = new RegExp(`^${LABEL}(?!:)`);
const BEGINNING = new RegExp(String.raw`\n {0,3}${LABEL}:`);
/** Goes on with lines that follow without a gap, and with paragraphs that are indented. */
const TEXT = new RegExp(
  String.raw`^ {0,3}${LABEL}:[ \t]*([^\n]*(?:\n(?! {0,3}${LABEL.replace('(', '(?:')}:)[ \t]*\S[^\n]*|\n+(?: {2}|\t)[ \t]*\S[^\n]*)*)(?:\n+|$)`,
);

/** Teaches marked footnotes. */
export function footnoteSyntax(): MarkedExtension {
  return {
    extensions: [
      {
        name: 'footnoteText',
        level: 'block',
        start(source) {
          // In the paragraph that is looked at: to look through all that follows it takes long.
          const match = BEGINNING.exec(source.slice(0, source.search(/\n[ \t]*\n|$/)));
          return match === null ? undefined : match.index + 1;
        },
        tokenizer(source) {
          const match = TEXT.exec(source);
          if (match === null) return undefined;
          const [raw, label = '', text = ''] = match;
          const tokens = this.lexer.blockTokens(text.replaceAll(/\n(?: {1,4}|\t)/g, '\n'), []);
          return { type: 'footnoteText', raw, label, tokens } satisfies FootnoteToken;
        },
        childTokens: ['tokens'],
      },
      {
        name: 'footnote',
        level: 'inline',
        start(source) {
          const index = source.indexOf('[^');
          return index === -1 ? undefined : index;
        },
        tokenizer(source) {
          const match = REFERENCE.exec(source);
          if (match === null) return undefined;
          const [raw, label = ''] = match;
          return { type: 'footnote', raw, label } satisfies FootnoteToken;
        },
      },
    ],
  };
}

/** The labels that are explained somewhere in a text. */
export function explained(blocks: readonly Token[]): ReadonlySet<string> {
  const texts = blocks.filter((block) => block.type === 'footnoteText') as FootnoteToken[];
  return new Set(texts.map(({ label }) => label));
}

/** A button, for an address within the page is none within the answer: `showFootnote` serves it. */
export function footnoteHtml(label: string, name: string): string {
  const text = escapeHtml(label);
  return `<sup><button type="button" class="footnote" data-note="${text}" aria-label="${escapeHtml(name)}">${text}</button></sup>`;
}

export function footnoteTextHtml(
  label: string,
  content: string,
  { name, back }: { name: string; back: string },
): string {
  const [text, backText] = [escapeHtml(label), escapeHtml(back)];
  return (
    `<div class="footnote-text" role="note" tabindex="-1" aria-label="${escapeHtml(name)}" data-note-text="${text}">` +
    `<span class="label" aria-hidden="true">${text}</span><div>${content}</div>` +
    `<button type="button" class="footnote" data-note-back="${text}" aria-label="${backText}" title="${backText}">↩</button></div>`
  );
}

/** Goes from a footnote to its text or back, within the answer. False if the button is neither. */
export function followFootnote(button: Element, answer: Element): boolean {
  const { note, noteBack } = (button as HTMLElement).dataset;
  if (note === undefined && noteBack === undefined) return false;
  const [name, label] = note === undefined ? ['note', noteBack] : ['note-text', note];
  const place = answer.querySelector<HTMLElement>(`[data-${name}="${CSS.escape(label ?? '')}"]`);
  place?.focus({ preventScroll: true });
  place?.scrollIntoView?.({ block: 'center' });
  return true;
}
