/// <reference types="highlight.js" />
import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import css from 'highlight.js/lib/languages/css';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import python from 'highlight.js/lib/languages/python';
import r from 'highlight.js/lib/languages/r';
import shell from 'highlight.js/lib/languages/shell';
import sql from 'highlight.js/lib/languages/sql';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';

import { BoundedCache } from './bounded-cache';
import { escapeHtml } from './html-text';
import { pieces } from './long-blocks';

type Grammar = Parameters<typeof hljs.registerLanguage>[1];

/** Those of most texts. The others are fetched once a text names one of them. */
const GRAMMARS = {
  bash,
  css,
  javascript,
  json,
  python,
  r,
  shell,
  sql,
  typescript,
  xml,
  yaml,
};

/** Colouring more than this costs seconds and tens of thousands of elements. */
const MAX_HIGHLIGHTED_CHARACTERS = 60_000;
/** Of languages that are known but not coloured. */
const OTHER_NAMES: Record<string, string> = { mermaid: 'Mermaid', powershell: 'PowerShell' };
/** What people call text that is in no language. */
const NO_LANGUAGE: ReadonlySet<string> = new Set(['', 'text', 'txt', 'plain', 'plaintext']);

const PART_CHARACTERS = 20_000;
const PART_LINES = 200;

const cache = new BoundedCache<string>(200);
let areAllThere = false;
let isWished = false;

register(GRAMMARS);

/** Whether a language was named since this was asked last that may be among the further ones. */
export function takeGrammarWish(): boolean {
  const wish = isWished;
  isWished = false;
  return wish;
}

/** Fetches the further languages. */
export async function loadGrammars(): Promise<void> {
  try {
    register((await import('./further-grammars')).FURTHER_GRAMMARS);
    areAllThere = true;
  } catch {
    // Not to be had at the moment: the code is shown without colours, and the next text tries again.
  }
}

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
  if (known === undefined && !areAllThere && !NO_LANGUAGE.has(language.toLowerCase())) {
    isWished = true;
  }
  return known === undefined ? language.slice(0, 30) : known.replace(/ \(.*\)$/, '');
}

function colour(code: string, language: string): string {
  return hljs.highlight(code, { language, ignoreIllegals: true }).value;
}

function register(grammars: Readonly<Record<string, Grammar>>): void {
  for (const [name, grammar] of Object.entries(grammars)) hljs.registerLanguage(name, grammar);
}
