import { DockerfileParser } from 'dockerfile-ast';

/** One instruction of a Dockerfile: `COPY --from=build a b` has the flag `from` and the words a and b. */
export interface Instruction {
  keyword: string;
  line: number;
  flags: ReadonlyMap<string, string>;
  words: readonly string[];
  /** Everything behind the keyword, as it stands there. */
  text: string;
}

export interface Stage {
  name: string;
  /** The image it begins with, its variables put in. */
  image: string;
  instructions: readonly Instruction[];
}

/** The stages of a Dockerfile, the last one being what is shipped. */
export function stagesOf(dockerfile: string): Stage[] {
  const defaults = new Map<string, string>();
  const stages: { name: string; image: string; instructions: Instruction[] }[] = [];
  for (const found of DockerfileParser.parse(dockerfile).getInstructions()) {
    const keyword = found.getKeyword();
    const words = found.getArguments().map(String);
    if (keyword === 'FROM') {
      const image = words[0]!.replace(/\$\{(\w+)\}/, (_all, name: string) => defaults.get(name)!);
      stages.push({ name: words[2] ?? String(stages.length), image, instructions: [] });
      continue;
    }
    const stage = stages.at(-1);
    if (stage) stage.instructions.push(instruction(keyword, words, found));
    else defaults.set(...(words[0]!.split('=', 2) as [string, string]));
  }
  return stages;
}

interface Found {
  getArgumentsContent(): string | null;
  getRange(): { start: { line: number } };
  /** Of those kinds that have any. */
  getFlags?(): { getName(): string; getValue(): string | null }[];
}

function instruction(keyword: string, words: readonly string[], found: Found): Instruction {
  const flags = found.getFlags?.() ?? [];
  return {
    keyword,
    line: found.getRange().start.line + 1,
    flags: new Map(flags.map((flag) => [flag.getName(), flag.getValue() ?? ''])),
    words,
    text: found.getArgumentsContent() ?? '',
  };
}

/** The last instruction of this kind in a stage; throws where there is none. */
export function last(stage: Stage, keyword: string): Instruction {
  const found = stage.instructions.findLast((each) => each.keyword === keyword);
  if (!found) throw new Error(`The stage ${stage.name} has no ${keyword}.`);
  return found;
}

/** The words of an instruction in exec form (`["node", "x"]`); throws where a shell would be started. */
export function execForm({ text, keyword }: Instruction): string[] {
  const json = /\[.*\]$/s.exec(text)?.[0];
  if (json === undefined) throw new Error(`${keyword} ${text} would start a shell.`);
  return JSON.parse(json) as string[];
}

/** What ENV says in a stage. */
export function environmentOf(stage: Stage): Record<string, string> {
  const pairs = stage.instructions
    .filter(({ keyword }) => keyword === 'ENV')
    .flatMap(({ words }) => words.map((word) => word.split(/=(.*)/s, 2) as [string, string]));
  return Object.fromEntries(pairs);
}
