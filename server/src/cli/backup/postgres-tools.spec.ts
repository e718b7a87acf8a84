import { describe, expect, it } from '@jest/globals';
import { environmentFor } from './postgres-tools.js';

const AT = 'postgresql://lumen:s%2Fecret@db.example.edu:5433/lumen';

describe('environmentFor', () => {
  it('says where the database is, and keeps what else there is', () => {
    expect(environmentFor(AT, { PATH: '/bin', PGHOST: 'elsewhere' })).toEqual({
      PATH: '/bin',
      PGHOST: 'db.example.edu',
      PGPORT: '5433',
      PGUSER: 'lumen',
      PGPASSWORD: 's/ecret',
      PGDATABASE: 'lumen',
    });
  });

  it.each([
    ['sslmode=require', {}, { PGSSLMODE: 'require' }],
    ['sslmode=no-verify', {}, { PGSSLMODE: 'require' }],
    ['sslmode=verify-full', {}, { PGSSLMODE: 'verify-full', PGSSLROOTCERT: 'system' }],
    [
      'sslmode=verify-full&sslrootcert=/ca.pem',
      {},
      { PGSSLMODE: 'verify-full', PGSSLROOTCERT: '/ca.pem' },
    ],
    [
      'sslmode=verify-full',
      { PGSSLROOTCERT: '/own.pem' },
      { PGSSLMODE: 'verify-full', PGSSLROOTCERT: '/own.pem' },
    ],
    ['sslcert=/c.pem&sslkey=/k.pem', {}, { PGSSLCERT: '/c.pem', PGSSLKEY: '/k.pem' }],
    ['host=/run/postgresql', {}, { PGHOST: '/run/postgresql' }],
  ])('gives what %s means to the programs of PostgreSQL', (words, environment, expected) => {
    expect(environmentFor(`${AT}?${words}`, environment)).toMatchObject(expected);
  });
});
