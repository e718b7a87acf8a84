import { describe, expect, it } from '@jest/globals';
import { fileName, saveAs } from './export-names.js';

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

  it('end no header', () => {
    const header = saveAs('Größe "x"\r\nset-cookie: a.md');
    expect(header).not.toMatch(/[\r\n]/);
    expect(header).toBe(
      `attachment; filename="Gr__e _x___set-cookie_ a.md"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%22x%22%0D%0Aset-cookie%3A%20a.md`,
    );
  });
});
