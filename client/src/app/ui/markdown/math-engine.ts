import katex from 'katex';
import 'katex/contrib/mhchem';

/**
 * A formula (chemistry by \ce included) as HTML for the eye and MathML for screen readers. Throws
 * if KaTeX cannot read it.
 */
export function typeset(source: string, isDisplay: boolean): string {
  const html = katex.renderToString(source, {
    displayMode: isDisplay,
    output: 'htmlAndMathml',
    throwOnError: true,
    strict: 'ignore',
    trust: refuse,
    maxExpand: 500,
    maxSize: 40,
  });
  return withoutAnnotation(html);
}

/**
 * Drops the LaTeX source that KaTeX puts beside the MathML. The sanitiser would take away the
 * element but leave its text, and a screen reader would read the source after the formula.
 */
function withoutAnnotation(html: string): string {
  return html.replace(/<annotation\b[^>]*>[^<]*<\/annotation>/g, '').replace(/<\/?semantics>/g, '');
}

/** Commands that make links or load pictures: such a formula is better shown as it is written. */
function refuse({ command }: { command: string }): boolean {
  throw new Error(`${command} is not for answers.`);
}
