import { type MarkedExtension, type Tokens } from 'marked';

/** A formula as it stands in the text; `isOpen` while its closing delimiter has not arrived. */
export interface MathToken extends Tokens.Generic {
  type: 'blockMath' | 'inlineMath';
  text: string;
  isDisplay: boolean;
  isOpen: boolean;
}

/** What may stand inside a display formula: anything but a blank line. */
const BODY = String.raw`(?:(?!\n[ \t]*\n)[\s\S])`;
const BLOCK = new RegExp(
  String.raw`^ {0,3}(?:\$\$(${BODY}+?)\$\$|\\\[(${BODY}+?)\\\])[ \t]*(?:\n+|$)`,
);
const OPEN_BLOCK = new RegExp(String.raw`^ {0,3}(?:\$\$|\\\[)(${BODY}*)$`);
const DISPLAY = String.raw`\$\$(${BODY}+?)\$\$|\\\[(${BODY}+?)\\\]`;
const PARENTHESES = String.raw`\\\((${BODY}+?)\\\)`;
/** One dollar is a price unless it hugs its formula: no space inside, no digit behind. */
const DOLLAR = String.raw`\$(?![\s$])((?:\\.|[^\\$\n])*?(?:\\.|[^\\$\s]))\$(?![\d$])`;
const INLINE_DISPLAY = new RegExp(`^(?:${DISPLAY})`);
const INLINE = new RegExp(`^(?:${PARENTHESES}|${DOLLAR})`);
const ANY_INLINE = new RegExp(`${DISPLAY}|${PARENTHESES}|${DOLLAR}`, 'g');

/**
 * Teaches marked the four ways to write a formula: $…$ and \(…\) in a line, $$…$$ and \[…\] on
 * their own. With `isStreaming`, a display formula that has begun but not ended is a token too.
 */
export function mathSyntax(isStreaming: boolean): MarkedExtension {
  return {
    // A star or an underscore in a formula is no emphasis.
    hooks: { emStrongMask: (text) => text.replace(ANY_INLINE, (math) => 'a'.repeat(math.length)) },
    extensions: [
      {
        name: 'blockMath',
        level: 'block',
        start: (source) => blockStart(source),
        tokenizer: (source) => blockMath(source, isStreaming),
      },
      {
        name: 'inlineMath',
        level: 'inline',
        start: (source) => inlineStart(source),
        tokenizer: inlineMath,
      },
    ],
  };
}

function blockStart(source: string): number | undefined {
  const match = /\n {0,3}(?:\$\$|\\\[)/.exec(source);
  return match === null ? undefined : match.index + 1;
}

function inlineStart(source: string): number | undefined {
  const index = source.search(/\$|\\[([]/);
  return index === -1 ? undefined : index;
}

function blockMath(source: string, isStreaming: boolean): MathToken | undefined {
  const closed = BLOCK.exec(source);
  if (closed !== null) return token('blockMath', closed, { isDisplay: true, isOpen: false });
  const open = isStreaming ? OPEN_BLOCK.exec(source) : null;
  return open === null ? undefined : token('blockMath', open, { isDisplay: true, isOpen: true });
}

function inlineMath(source: string): MathToken | undefined {
  const display = INLINE_DISPLAY.exec(source);
  if (display !== null) return token('inlineMath', display, { isDisplay: true, isOpen: false });
  const inline = INLINE.exec(source);
  if (inline === null) return undefined;
  return token('inlineMath', inline, { isDisplay: false, isOpen: false });
}

function token(
  type: MathToken['type'],
  match: RegExpExecArray,
  kind: Pick<MathToken, 'isDisplay' | 'isOpen'>,
): MathToken {
  return { type, raw: match[0], text: (match[1] ?? match[2] ?? '').trim(), ...kind };
}
