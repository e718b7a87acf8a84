const OPEN = '<think>';
const CLOSE = '</think>';
const ONLY_CLOSED = /^[ \t]*<\/think>[ \t]*$/m;

/** A part of an answer, taken apart. */
export interface SplitText {
  readonly content: string;
  readonly reasoning: string;
}

const NOTHING: SplitText = { content: '', reasoning: '' };

/**
 * Takes `<think>…</think>` at the beginning of an answer out of it while it comes, in whatever pieces.
 * What may be half a tag is kept back until more has come.
 */
export class ThinkSplitter {
  private stage: 'start' | 'thought' | 'gap' | 'speech' = 'start';
  private kept = '';
  private hasThought = false;

  take(piece: string): SplitText {
    if (this.stage === 'speech') return { content: piece, reasoning: '' };
    const text = this.kept + piece;
    this.kept = '';
    if (this.stage === 'start') return this.begin(text);
    return this.stage === 'thought' ? this.think(text) : this.speak(text);
  }

  /** What was kept back, when no more comes. */
  rest(): SplitText {
    const { kept, stage } = this;
    this.kept = '';
    return stage === 'thought'
      ? { content: '', reasoning: kept }
      : { content: kept, reasoning: '' };
  }

  private begin(text: string): SplitText {
    const start = text.trimStart();
    if (start.length < OPEN.length && OPEN.startsWith(start)) return this.keep(text);
    if (!start.startsWith(OPEN)) {
      this.stage = 'speech';
      return { content: text, reasoning: '' };
    }
    this.stage = 'thought';
    return this.think(start.slice(OPEN.length));
  }

  private think(arrived: string): SplitText {
    const text = this.hasThought ? arrived : arrived.trimStart();
    this.hasThought = text !== '';
    const end = text.indexOf(CLOSE);
    if (end !== -1) {
      this.stage = 'gap';
      const said = this.speak(text.slice(end + CLOSE.length));
      return { content: said.content, reasoning: text.slice(0, end).trimEnd() };
    }
    const bracket = text.lastIndexOf('<');
    const isHalf = bracket !== -1 && CLOSE.startsWith(text.slice(bracket));
    const sure = isHalf ? text.slice(0, bracket) : text;
    const shown = sure.trimEnd();
    this.kept = text.slice(shown.length);
    return { content: '', reasoning: shown };
  }

  /** The empty lines after a thought are not part of what is said. */
  private speak(text: string): SplitText {
    const content = text.trimStart();
    if (content !== '') this.stage = 'speech';
    return { content, reasoning: '' };
  }

  private keep(text: string): SplitText {
    this.kept = text;
    return NOTHING;
  }
}

/**
 * Some models' answers have only the closing tag, on a line of its own, since the opening one is part
 * of what they are asked. That is seen only when it comes: the text is put right at its end.
 */
export function withoutLateThought(text: SplitText): SplitText {
  const close = text.reasoning === '' ? ONLY_CLOSED.exec(text.content) : null;
  if (close === null) return text;
  return {
    reasoning: text.content.slice(0, close.index).trim(),
    content: text.content.slice(close.index + close[0].length).trimStart(),
  };
}
