/** Whether a browser shows what comes, or saves it. */
type Manner = 'inline' | 'attachment';

/** The `content-disposition` of a file: its name as RFC 6266 has it, for old readers and new ones. */
export function contentDisposition(manner: Manner, name: string): string {
  const plain = name.replace(/[^\w. ()-]/g, '_');
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (each) => `%${hexOf(each)}`);
  return `${manner}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

function hexOf(character: string): string {
  return character.charCodeAt(0).toString(16).toUpperCase();
}
