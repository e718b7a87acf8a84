import { type Command } from 'commander';

export interface JsonOption {
  json?: boolean;
}

/** Lets a command answer in JSON, for programs. */
export function withJson(command: Command): Command {
  return command.option('--json', 'the result as JSON');
}

/** Writes the one JSON value that a command asked for with `--json` puts out. */
export function writeJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** Writes a result as lines for people, or as the JSON value that means the same. */
export function writeResult(
  { json }: JsonOption,
  value: unknown,
  lines: readonly string[] | string,
): void {
  if (json) writeJson(value);
  else for (const line of [lines].flat()) process.stdout.write(`${line}\n`);
}

/** Writes rows as they come, each a line or an item of one JSON array. */
export class ListWriter<T> {
  private count = 0;

  constructor(
    private readonly isJson: boolean,
    private readonly lineOf: (item: T) => string,
  ) {}

  write(item: T): void {
    const separator = this.count === 0 ? '[\n' : ',\n';
    this.count += 1;
    const line = this.isJson ? `${separator}${JSON.stringify(item)}` : `${this.lineOf(item)}\n`;
    process.stdout.write(line);
  }

  end(): void {
    if (this.isJson) process.stdout.write(this.count === 0 ? '[]\n' : '\n]\n');
  }
}
