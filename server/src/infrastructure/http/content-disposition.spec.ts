import { expect, it } from '@jest/globals';
import { contentDisposition } from './content-disposition.js';

it('names of files end no header', () => {
  const header = contentDisposition('attachment', 'Größe "x"\r\nset-cookie: a.md');
  expect(header).not.toMatch(/[\r\n]/);
  expect(header).toBe(
    `attachment; filename="Gr__e _x___set-cookie_ a.md"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%22x%22%0D%0Aset-cookie%3A%20a.md`,
  );
  expect(contentDisposition('inline', 'a.png')).toBe(
    `inline; filename="a.png"; filename*=UTF-8''a.png`,
  );
});
