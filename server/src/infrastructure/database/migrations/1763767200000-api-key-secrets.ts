import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Which secret a key's hash was made with, so that it can be said who still needs an earlier one. */
export class ApiKeySecrets1763767200000 implements MigrationInterface {
  name = 'ApiKeySecrets1763767200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE api_keys ADD COLUMN hashed_by varchar(8)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE api_keys DROP COLUMN hashed_by');
  }
}
