/**
 * Where the README of a page about a model is: beside the page at Hugging Face and GitHub, else the
 * page itself where it is a Markdown file; null: nobody knows.
 */
export function readmeAddress(page: string): URL | null {
  const url = URL.parse(page);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '') return null;
  const parts = url.pathname.split('/').filter((part) => part !== '');
  if (url.hostname === 'huggingface.co' && parts.length >= 1 && parts.length <= 2) {
    return new URL(`https://huggingface.co/${parts.join('/')}/raw/main/README.md`);
  }
  if (url.hostname === 'github.com' && parts.length === 2) {
    return new URL(`https://raw.githubusercontent.com/${parts.join('/')}/HEAD/README.md`);
  }
  return /\.(?:md|markdown)$/i.test(url.pathname) ? url : null;
}

/** The text without the block of facts that Hugging Face puts in front of it. */
export function withoutFrontMatter(text: string): string {
  return text.replace(/^\uFEFF?---\r?\n[\s\S]*?\r?\n---\r?\n/, '').trim();
}
