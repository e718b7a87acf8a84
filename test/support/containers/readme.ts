import { readFileSync } from 'node:fs';

/** The lines of the shell blocks in a section of a document, without comments. */
export function commandsOf(file: string, section: string): string[] {
  const text = readFileSync(file, 'utf8');
  const [, rest] = text.split(`\n## ${section}\n`);
  if (rest === undefined) throw new Error(`${file} has no section "${section}".`);
  const blocks = rest.split('\n## ')[0]!.matchAll(/```sh\n([\s\S]*?)```/g);
  return [...blocks].flatMap(([, block]) =>
    block!.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#')),
  );
}
