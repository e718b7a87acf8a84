import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { id, longText, optional, reference, time } from './migration-columns.js';

/** What single people may spend, where the console says so. */
export class PersonalBudgets1795312480910 implements MigrationInterface {
  name = 'PersonalBudgets1795312480910';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(PERSONAL_BUDGETS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(PERSONAL_BUDGETS.name);
  }
}

const PERSONAL_BUDGETS = new Table({
  name: 'personal_budgets',
  columns: [
    id(),
    reference('user_id'),
    longText('budget'),
    reference('changed_by', optional),
    time('changed_at'),
  ],
  indices: [{ name: 'personal_budgets_user_id', columnNames: ['user_id'], isUnique: true }],
});
