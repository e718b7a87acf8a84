import { describe, expect, it } from '@jest/globals';
import { fileName } from './export-names.js';

describe('names of exported files', () => {
  it.each([
    ['Reise nach Rom', 'Reise nach Rom'],
    ['../../etc/passwd', 'etc passwd'],
    ['a\\b:c*d?"e"<f>|g', 'a b c d e f g'],
    ['\u202Egnp.exe\0\n', 'gnp.exe'],
    ['CON', '_CON'],
    ['nul.txt', '_nul.txt'],
    ['...', 'fallback'],
    ['', 'fallback'],
    ['\ud800x', '\ufffdx'],
    ['🙂'.repeat(200), '🙂'.repeat(80)],
  ])('%j', (text, name) => {
    expect(fileName(text, 'fallback')).toBe(name);
  });
});
