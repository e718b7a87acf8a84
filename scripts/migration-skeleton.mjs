import { Failure } from './failure.mjs';

const FILE = /^(\d{13})-([a-z0-9-]+)\.ts$/;

/**
 * A new migration: `{ file, content, index }` with the index that lists it too. `name` is kebab-case;
 * `files` and `index` are what the migrations' folder holds; the timestamp comes out above all of
 * theirs, so that the order of the names is the order in which they run.
 */
export function migrationSkeleton({ name, files, index, now }) {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name ?? '')) {
    throw new Failure('Name the migration in kebab-case: npm run new:migration -- add-group-rules');
  }
  const newest = Math.max(0, ...files.map((file) => Number(FILE.exec(file)?.[1] ?? 0)));
  const timestamp = Math.max(now, newest + 1);
  const className = `${pascalCase(name)}${timestamp}`;
  return {
    file: `${timestamp}-${name}.ts`,
    content: content(className),
    index: extendIndex(index, className, `./${timestamp}-${name}.js`),
  };
}

const pascalCase = (name) =>
  name
    .split('-')
    .map((word) => word[0].toUpperCase() + word.slice(1))
    .join('');

const content = (className) => `import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** What changes, in one sentence. */
export class ${className} implements MigrationInterface {
  name = '${className}';

  async up(runner: QueryRunner): Promise<void> {}

  async down(runner: QueryRunner): Promise<void> {}
}
`;

/** Adds the import behind the last one and the class at the end of the list. */
function extendIndex(index, className, path) {
  const line = `import { ${className} } from '${path}';\n`;
  const lastImport = [...index.matchAll(/^import .*\n/gm)].at(-1);
  const list = /(MIGRATIONS\b[^\n]*?= \[)([^\]]*?),?(\s*\])/;
  if (!lastImport || !list.test(index)) {
    throw new Failure('The index of the migrations has no list MIGRATIONS = […] to add to.');
  }
  const end = lastImport.index + lastImport[0].length;
  const withImport = index.slice(0, end) + line + index.slice(end);
  return withImport.replace(
    list,
    (_, open, classes, close) => `${open}${classes}, ${className}${close}`,
  );
}
