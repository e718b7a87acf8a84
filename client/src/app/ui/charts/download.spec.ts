import { csvLine } from './download';

describe('a line of CSV', () => {
  it.each<[(string | number)[], string]>([
    [['a', 1.5], 'a,1.5\r\n'],
    [['=1+1', '+x', '-x', '@x'], "'=1+1,'+x,'-x,'@x\r\n"],
    [['a "b", c'], '"a ""b"", c"\r\n'],
    [[-3], '-3\r\n'],
  ])('of %j is %j', (cells, line) => {
    expect(csvLine(cells)).toBe(line);
  });
});
