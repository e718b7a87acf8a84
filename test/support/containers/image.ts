import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { contextFilter } from './checkout.js';
import { type Instruction, type Stage, stagesOf } from './dockerfile.js';

/** Where a stage's files are: its folder stands for `/`. */
interface Place {
  root: string;
  workDirectory: string;
}

/**
 * Makes what a Dockerfile makes, without a container engine: each stage in a folder of its own that
 * stands for `/`, its commands run there by a shell, its files copied as COPY says and .dockerignore
 * allows. Answers the folder of the last stage, which has this process's Node where the base image
 * has its own. The last stage's commands only remove files of the base image and install
 * programs of its Debian (test/deploy makes sure of it), which is not there, so they are not run.
 */
export function buildImage(context: string, folder: string): string {
  const stages = stagesOf(readFileSync(path.join(context, 'Dockerfile'), 'utf8'));
  const roots = new Map<string, string>();
  for (const stage of stages) {
    const root = path.join(folder, stage.name);
    roots.set(stage.name, root);
    buildStage(stage, { root, context, roots, runsCommands: stage !== stages.at(-1) });
  }
  const root = roots.get(stages.at(-1)!.name)!;
  for (const other of roots.values()) if (other !== root) rmSync(other, { recursive: true });
  const node = path.join(root, 'usr/local/bin/node');
  mkdirSync(path.dirname(node), { recursive: true });
  copyFileSync(process.execPath, node);
  chmodSync(node, 0o755);
  return root;
}

interface Build {
  root: string;
  context: string;
  roots: ReadonlyMap<string, string>;
  runsCommands: boolean;
}

function buildStage({ instructions }: Stage, build: Build): void {
  const place: Place = { root: build.root, workDirectory: '/' };
  for (const instruction of instructions) {
    if (instruction.keyword === 'WORKDIR') {
      place.workDirectory = path.posix.resolve(place.workDirectory, instruction.words[0]!);
      mkdirSync(hostPath(place, '.'), { recursive: true });
    } else if (instruction.keyword === 'COPY') {
      copy(instruction, place, build);
    } else if (instruction.keyword === 'RUN' && build.runsCommands) {
      const options = {
        cwd: hostPath(place, '.'),
        env: commandEnvironment(),
        stdio: 'pipe',
      } as const;
      execFileSync('sh', ['-c', instruction.text.replaceAll('\\\n', ' ')], options);
    }
  }
}

const hostPath = ({ root, workDirectory }: Place, name: string) =>
  path.join(root, path.posix.resolve('/', workDirectory, name));

/** A builder starts from nothing; the registry and its settings are this machine's. */
function commandEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) =>
    /^(PATH|HOME|NODE_EXTRA_CA_CERTS|npm_config_(registry|cache)|https?_proxy)$/i.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env['PATH']}`,
  };
}

function copy({ words, flags }: Instruction, place: Place, { context, roots }: Build): void {
  const to = words.at(-1)!;
  const target = hostPath(place, to);
  const from = flags.get('from');
  const base = from === undefined ? context : roots.get(from)!;
  const isSeen = from === undefined ? contextFilter(context) : () => true;
  for (const source of words.slice(0, -1)) {
    const file = path.join(base, source);
    const isInto = to.endsWith('/') || to === '.';
    const isContents = statSync(file).isDirectory();
    const at = isInto && !isContents ? path.join(target, path.basename(source)) : target;
    cpSync(file, at, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (each) => each === base || isSeen(path.relative(base, each)),
    });
  }
}
