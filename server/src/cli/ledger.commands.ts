import { type Command } from 'commander';
import {
  checkLedger,
  faultAmount,
  faultText,
  type LedgerFault,
  type LedgerReport,
} from '../budgets/index.js';
import { pendingMigrations } from '../infrastructure/database/migrator.js';
import { type CommandContext, withDatabase } from './command-context.js';
import { CommandError } from './command-error.js';
import { printable } from './printable.js';

export function addLedgerCommands(program: Command, context: CommandContext): void {
  const ledger = program.command('ledger').description('the books of all budgets');
  ledger
    .command('verify')
    .description('check that the books add up, on a running system; exit code 1 when they do not')
    .option('--json', 'as a JSON object')
    .action((options: { json?: boolean }) => verify(context, options.json ?? false));
}

async function verify(context: CommandContext, asJson: boolean): Promise<void> {
  const report = await withDatabase(context, async (dataSource) => {
    if ((await pendingMigrations(dataSource)).length > 0) {
      throw new CommandError('The database is not up to date. Run "lumen db upgrade" first.');
    }
    return checkLedger(dataSource);
  });
  process.stdout.write(asJson ? jsonOf(report) : textOf(report));
  if (report.faults.length > 0) context.setExitCode(1);
}

function textOf({ pools, holds, entries, faults, hasMore }: LedgerReport): string {
  const looked = `${pools} pools, ${holds} holds, ${entries} ledger entries`;
  if (faults.length === 0) return `The books add up: ${looked}.\n`;
  const lines = faults.map((fault) => printable(`${fault.kind}  ${faultText(fault)}`));
  const count = hasMore ? `more than ${faults.length}` : faults.length;
  const summary = `The books do not add up (${looked}): ${count} found. docs/ledger.md says what each means.`;
  return `${[...lines, summary].join('\n')}\n`;
}

function jsonOf({ pools, holds, entries, faults, hasMore }: LedgerReport): string {
  const isSound = faults.length === 0;
  const report = { isSound, pools, holds, entries, faults: faults.map(faultJson), hasMore };
  return `${JSON.stringify(report, null, 2)}\n`;
}

/** Amounts are decimal texts in the unit of the pool. */
function faultJson(fault: LedgerFault) {
  const { kind, poolId, pool, requestId, found, expected } = fault;
  const { ownerKind, ownerId, ownerName, unit, scope } = pool ?? {};
  return {
    ...{ kind, poolId, ownerKind, ownerId, ownerName, unit },
    model: scope || null,
    requestId,
    found: faultAmount(fault, found),
    expected: expected === null ? null : faultAmount(fault, expected),
    explanation: faultText(fault),
  };
}
