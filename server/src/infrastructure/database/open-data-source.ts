import { DataSource, type DataSourceOptions } from 'typeorm';
import { isolateSqlite } from './sqlite-isolation.js';

/** Opens a database so that transactions mean the same on SQLite and PostgreSQL. */
export async function openDataSource(options: DataSourceOptions): Promise<DataSource> {
  const dataSource = await new DataSource(options).initialize();
  if (options.type === 'better-sqlite3') isolateSqlite(dataSource);
  return dataSource;
}
