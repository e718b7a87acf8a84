import { describe, expect, it } from '@jest/globals';
import { parseDatabaseUrl } from './database-url.js';

describe('parseDatabaseUrl', () => {
  it.each([
    ['sqlite:///lumen.db', 'lumen.db'],
    ['sqlite:///data/lumen dev.db', 'data/lumen dev.db'],
    ['sqlite:////var/lib/lumen.db', '/var/lib/lumen.db'],
    ['sqlite:///:memory:', ':memory:'],
    ['sqlite://', ':memory:'],
  ])('%s is the SQLite file %s', (url, file) => {
    expect(parseDatabaseUrl(url)).toEqual({ kind: 'sqlite', file });
  });

  it.each([
    ['postgres://u:p%40ss@db:5433/lumen', 'postgresql://u:p%40ss@db:5433/lumen'],
    ['postgresql://db/lumen?sslmode=require', 'postgresql://db/lumen?sslmode=require'],
    ['postgresql:///lumen?host=/run/postgresql', 'postgresql:///lumen?host=/run/postgresql'],
    ['postgresql+psycopg2://u@db/lumen', 'postgresql://u@db/lumen'],
  ])('%s is PostgreSQL at %s', (url, expected) => {
    expect(parseDatabaseUrl(url)).toEqual({ kind: 'postgres', url: expected });
  });

  it.each([
    '',
    'lumen.db',
    'sqlite:lumen.db',
    'sqlite://lumen.db',
    'sqlite:///data/',
    'sqlite:///lumen.db?mode=ro',
    'mysql://u@db/lumen',
    'postgres://',
    'postgres://db',
    'postgres://db/',
    'postgres://[/lumen',
    'http://db/lumen',
  ])('%j is none', (url) => {
    expect(parseDatabaseUrl(url)).toBeNull();
  });
});
