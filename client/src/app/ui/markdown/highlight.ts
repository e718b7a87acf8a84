/// <reference types="highlight.js" />
import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import c from 'highlight.js/lib/languages/c';
import cpp from 'highlight.js/lib/languages/cpp';
import csharp from 'highlight.js/lib/languages/csharp';
import css from 'highlight.js/lib/languages/css';
import diff from 'highlight.js/lib/languages/diff';
import dockerfile from 'highlight.js/lib/languages/dockerfile';
import fortran from 'highlight.js/lib/languages/fortran';
import go from 'highlight.js/lib/languages/go';
import ini from 'highlight.js/lib/languages/ini';
import java from 'highlight.js/lib/languages/java';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import julia from 'highlight.js/lib/languages/julia';
import kotlin from 'highlight.js/lib/languages/kotlin';
import latex from 'highlight.js/lib/languages/latex';
import makefile from 'highlight.js/lib/languages/makefile';
import matlab from 'highlight.js/lib/languages/matlab';
import php from 'highlight.js/lib/languages/php';
import python from 'highlight.js/lib/languages/python';
import r from 'highlight.js/lib/languages/r';
import ruby from 'highlight.js/lib/languages/ruby';
import rust from 'highlight.js/lib/languages/rust';
import shell from 'highlight.js/lib/languages/shell';
import sql from 'highlight.js/lib/languages/sql';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';

import { BoundedCache } from './bounded-cache';
import { escapeHtml } from './html-text';
import { pieces } from './long-blocks';

const GRAMMARS = {
  bash,
  c,
  cpp,
  csharp,
  css,
  diff,
  dockerfile,
  fortran,
  go,
  ini,
  java,
  javascript,
  json,
  julia,
  kotlin,
  latex,
  makefile,
  matlab,
  php,
  python,
  r,
  ruby,
  rust,
  shell,
  sql,
  typescript,
  xml,
  yaml,
};

/** Colouring more than this costs seconds and tens of thousands of elements. */
const MAX_HIGHLIGHTED_CHARACTERS = 60_000;
/** Of languages that are known but not coloured. */
const OTHER_NAMES: Record<string, string> = { mermaid: 'Mermaid' };

const PART_CHARACTERS = 20_000;
const PART_LINES = 200;

for (const [name, grammar] of Object.entries(GRAMMARS)) hljs.registerLanguage(name, grammar);

const cache = new BoundedCache<string>(200);

/** Code as HTML, coloured if its language is known and it is of sensible size. */
export function highlight(code: string, language: string): string {
  const isColoured = hljs.getLanguage(language) !== undefined;
  if (!isColoured || code.length > MAX_HIGHLIGHTED_CHARACTERS) return plainCode(code);
  return cache.get(`${language}\n${code}`, () => colour(code, language));
}

/** Code as it is. Very long code is in parts that the browser lays out when they come into view. */
export function plainCode(code: string): string {
  if (code.length <= PART_CHARACTERS) return escapeHtml(code);
  const parts = linewise(code).flatMap((lines) => pieces(lines, PART_CHARACTERS));
  return parts.map((part) => `<span class="code-part">${escapeHtml(part)}</span>`).join('');
}

function linewise(code: string): string[] {
  const lines = code.split(/(?<=\n)/);
  const starts = Array.from({ length: Math.ceil(lines.length / PART_LINES) }, (_, i) => i);
  return starts.map((i) => lines.slice(i * PART_LINES, (i + 1) * PART_LINES).join(''));
}

/** What to call a language in the bar above its code; what nobody knows keeps its own name. */
export function languageName(language: string): string {
  const known = OTHER_NAMES[language] ?? hljs.getLanguage(language)?.name;
  return known === undefined ? language.slice(0, 30) : known.replace(/ \(.*\)$/, '');
}

function colour(code: string, language: string): string {
  return hljs.highlight(code, { language, ignoreIllegals: true }).value;
}
