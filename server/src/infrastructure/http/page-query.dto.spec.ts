import { describe, expect, it } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { pageQueryOf } from './page-query.dto.js';

class ListQuery extends pageQueryOf(['name', 'email']) {}

function read(query: Record<string, unknown>) {
  const dto = plainToInstance(ListQuery, query);
  const options = { whitelist: true, forbidNonWhitelisted: true };
  return { dto, refused: validateSync(dto, options).map(({ property }) => property) };
}

describe('the query of a list', () => {
  it('asks for the first page unless it says otherwise', () => {
    const { dto, refused } = read({});
    expect(refused).toEqual([]);
    expect({ ...dto }).toMatchObject({ page: 1, pageSize: 50, sort: 'name', order: 'asc' });
  });

  it('starts with the order that suits the list', () => {
    class NewestFirst extends pageQueryOf(['at'], 'desc') {}
    expect(plainToInstance(NewestFirst, {})).toMatchObject({ sort: 'at', order: 'desc' });
  });

  it('reads what an address says', () => {
    const query = { page: '3', pageSize: '200', sort: 'email', order: 'desc', search: '  ada ' };
    const { dto, refused } = read(query);
    expect(refused).toEqual([]);
    expect({ ...dto }).toEqual({ ...query, page: 3, pageSize: 200, search: 'ada' });
  });

  it.each([
    ['page', '0'],
    ['page', '-1'],
    ['page', '1.5'],
    ['page', '1e3'],
    ['page', ''],
    ['page', '9999999'],
    ['page', ['1', '2']],
    ['page', { a: '1' }],
    ['pageSize', '0'],
    ['pageSize', '201'],
    ['pageSize', 'all'],
    ['sort', 'claims'],
    ['sort', 'name; DROP TABLE users'],
    ['sort', 'constructor'],
    ['sort', ['name', 'email']],
    ['order', 'DESC'],
    ['search', ['a', 'b']],
    ['search', { a: 'b' }],
    ['search', 'x'.repeat(201)],
    ['search', 'a\u0000b'],
    ['limit', '5'],
  ])('refuses %s=%j and names it', (name, value) => {
    expect(read({ [name]: value }).refused).toEqual([name]);
  });
});
