const FENCE = /^\s{0,3}(?:>\s?)*(`{3,}|~{3,})/;
/** Underlines of headings and of heads of tables, and rules. */
const LINES_ONLY = /^[\s>]*(?:[=|:\s-]*[=-]{2,}[=|:\s-]*|(?:\*\s*){3,}|(?:_\s*){3,})$/;
/** What a line begins with: quotes, headings, bullets, boxes to tick. */
const BEGINNING = /^[\s>]*(?:#{1,6}\s+|[-*+]\s+(?:\[[ xX]\]\s+)?)?/;
const CODE = /(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)/;

/** Markdown as it reads, for a snippet: its signs are left out, code and HTML stay as they are. */
export function withoutMarkdown(text: string): string {
  const lines: string[] = [];
  let fence = '';
  for (const line of text.split('\n')) {
    const found = FENCE.exec(line)?.[1] ?? '';
    if (fence === '' && found !== '') fence = found;
    else if (fence !== '' && found.startsWith(fence)) fence = '';
    else if (fence !== '') lines.push(line);
    else if (!LINES_ONLY.test(line)) lines.push(withoutSigns(line));
  }
  return lines.join('\n');
}

function withoutSigns(line: string): string {
  const isRow = /^\s*\|/.test(line);
  const said = line.replace(BEGINNING, '');
  const cells = isRow ? said.replace(/\s*(?<!\\)\|\s*/g, ' ').trim() : said;
  return inline(cells);
}

/** What is in code is no Markdown. */
function inline(line: string): string {
  const code = CODE.exec(line);
  if (code === null) return words(line);
  const { 0: whole, 2: inside = '', index } = code;
  return words(line.slice(0, index)) + inside + inline(line.slice(index + whole.length));
}

function words(text: string): string {
  return text
    .replace(/\[\^[^\]\s]+\]:?/g, '')
    .replace(/!?\[([^\]]*)\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]]*\])/g, '$1')
    .replace(/<((?:https?|mailto):[^>\s]+)>/g, '$1')
    .replace(/(?<!\\)(\*\*|__|~~)(?=\S)(.+?)(?<=\S)\1/g, '$2')
    .replace(/(?<![\w*\\])([*_])(?=[^\s*_])(.+?)(?<=[^\s*_])\1(?![\w*])/g, '$2')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1');
}
