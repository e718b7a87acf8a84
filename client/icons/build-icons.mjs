/**
 * Writes src/app/ui/icon/icon-paths.ts: one SVG path for each Material Symbol the client uses, and
 * src/app/console/console-icon-paths.ts: those that only the consoles show, which load with them.
 * The whole symbol font is 4 MB; thirty paths are a few kilobytes, need no font to arrive before
 * they show, and are coloured by the text around them.
 *
 * Run it after adding a name to icon-list.json; `--check` only says whether the file is current.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { format, resolveConfig } from 'prettier';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const TARGETS = {
  base: here('../src/app/ui/icon/icon-paths.ts'),
  console: here('../src/app/console/console-icon-paths.ts'),
};
/** Regular weight, drawn for 20 px: what the design's pictures use. */
const AXES = { wght: 400, GRAD: 0, opsz: 20 };

const require = createRequire(import.meta.url);
const fromSubsetFont = createRequire(require.resolve('subset-font'));
const harfbuzz = await import(pathToFileURL(fromSubsetFont.resolve('harfbuzzjs')).href);
const fontverter = fromSubsetFont('fontverter');

async function openFace() {
  const compressed = await readFile(
    require.resolve('material-symbols/material-symbols-outlined.woff2'),
  );
  const bytes = await fontverter.convert(compressed, 'sfnt');
  return new harfbuzz.Face(new harfbuzz.Blob(bytes), 0);
}

/** The paths of some icons by name, with outlines (fill 0) or solid (fill 1). */
function draw(face, names, fill) {
  const font = new harfbuzz.Font(face);
  const axes = Object.entries({ ...AXES, FILL: fill });
  font.setVariations(axes.map(([tag, value]) => new harfbuzz.Variation(tag, value)));
  return names.map((name) => [name, toSvg(font.glyphToPath(glyphOf(font, name)))]);
}

/** The font spells an icon as a ligature of its name, so shaping the name must give one glyph. */
function glyphOf(font, name) {
  const buffer = new harfbuzz.Buffer();
  buffer.addText(name);
  buffer.guessSegmentProperties();
  harfbuzz.shape(font, buffer);
  const glyphs = buffer.getGlyphInfos();
  if (glyphs.length !== 1) throw new Error(`Material Symbols has no icon named "${name}".`);
  return glyphs[0].codepoint;
}

/**
 * Font units point up, SVG points down; whole units suffice, and steps of no length go. Steps count
 * from where the last one ended: their numbers are short, and alike, which compresses well.
 */
function toSvg(path) {
  let from = { x: 0, y: 0 };
  let begin = from;
  let letter = '';
  let svg = '';
  for (const [, command, rest] of path.matchAll(/([A-Z])([^A-Z]*)/g)) {
    const numbers = (rest.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);
    const points = numbers.map((n, i) => Math.round(i % 2 === 0 ? n : -n) + 0);
    const steps = points.map((n, i) => n - (i % 2 === 0 ? from.x : from.y));
    const isStill = steps.every((n) => n === 0);
    if (command !== 'Z' && command !== 'M' && isStill) continue;
    const next = segment(command, steps);
    // A letter that was the last one too can be left out, but `m` would draw a line.
    const isRepeated = next[0] === letter && letter !== 'm';
    svg += isRepeated ? next.slice(1).replace(/^(?!-)/, ' ') : next;
    letter = next[0];
    const [x, y] = points.slice(-2);
    from = command === 'Z' ? begin : { x, y };
    if (command === 'M') begin = from;
  }
  return svg;
}

/** One drawing command in its shortest spelling. */
function segment(command, steps) {
  if (command === 'L' && steps[0] === 0) return `v${steps[1]}`;
  if (command === 'L' && steps[1] === 0) return `h${steps[0]}`;
  return command.toLowerCase() + steps.join(' ').replaceAll(' -', '-');
}

/** The source of one set of icons. */
async function sourceOf(target, name, icons, head = '') {
  const sorted = icons.toSorted(([a], [b]) => a.localeCompare(b));
  const lines = sorted.map(([icon, path]) => `  ${icon}: '${path}',`);
  const written = `// Written by client/icons/build-icons.mjs; add names in icon-list.json.
// Material Symbols (Outlined), Apache License 2.0.

${head}export const ${name} = {
${lines.join('\n')}
} as const;
`;
  return format(written, { ...(await resolveConfig(target)), filepath: target });
}

const face = await openFace();
const list = JSON.parse(await readFile(here('./icon-list.json'), 'utf8'));
const units = `/** Side of the square the paths are drawn in; y runs from -ICON_UNITS to 0. */
export const ICON_UNITS = ${face.upem};

`;
const base = [...draw(face, list.outlined, 0), ...draw(face, list.filled, 1)];
const sources = {
  base: await sourceOf(TARGETS.base, 'ICON_PATHS', base, units),
  console: await sourceOf(TARGETS.console, 'CONSOLE_ICON_PATHS', draw(face, list.console, 0)),
};

for (const [set, source] of Object.entries(sources)) {
  if (!process.argv.includes('--check')) {
    await writeFile(TARGETS[set], source);
    console.log(`${set}: ${source.length} bytes`);
  } else if ((await readFile(TARGETS[set], 'utf8')) !== source) {
    console.error('The icon paths are stale: run node client/icons/build-icons.mjs');
    process.exitCode = 1;
  }
}
