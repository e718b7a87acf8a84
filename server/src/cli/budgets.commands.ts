import { type INestApplicationContext } from '@nestjs/common';
import { type Command } from 'commander';
import {
  type Adjustment,
  AdjustmentsService,
  amountText,
  BudgetDto,
  FundingService,
  LedgerService,
  type OwnedPool,
} from '../budgets/index.js';
import { ClientsService } from '../clients/index.js';
import { CLI_CONTEXT } from '../infrastructure/audit/audit-context.js';
import { looksLikeEmail, UsersService } from '../users/index.js';
import { type CommandContext, withApplication } from './command-context.js';
import { CommandError } from './command-error.js';
import { printable } from './printable.js';

const PAGE_SIZE = 200;
const LONGEST_REASON = 500;

interface ListOptions {
  search?: string;
  json?: boolean;
}

interface ChangeOptions {
  reason: string;
  json?: boolean;
}

export function addBudgetCommands(program: Command, context: CommandContext): void {
  const budgets = program.command('budgets').description('what everybody may spend');
  budgets
    .command('list')
    .description('all pools, one a line: id, owner, unit, model, balance, held, max, per hour')
    .option('--search <text>', 'only those whose owner, model or unit contains this')
    .option('--json', 'as a JSON array')
    .action((options: ListOptions) => list(context, options));
  budgets
    .command('show')
    .argument('<owner>', 'the address of a person or the name of a client')
    .description(
      'the budgets of one owner: pool, unit, model, kind, balance, held, max, per hour, source',
    )
    .option('--json', 'as a JSON array')
    .action((owner: string, options: { json?: boolean }) => show(context, owner, options));
  addChange(budgets, context, 'adjust');
  addChange(budgets, context, 'gift');
  addReset(budgets, context);
}

const CHANGES = {
  adjust: 'add to a balance, or take from it with a "-"',
  gift: 'add to a balance, beyond its max too',
};

function addChange(budgets: Command, context: CommandContext, verb: 'adjust' | 'gift'): void {
  budgets
    .command(verb)
    .argument('<pool>', 'the id of the pool, as `budgets list` prints it')
    .argument('<amount>', 'coins such as 12.5, or tokens')
    .description(CHANGES[verb])
    .requiredOption('--reason <text>', 'why, for the ledger and the audit log')
    .option('--json', 'as a JSON object')
    .action((poolId: string, amount: string, options: ChangeOptions) =>
      change(context, options, (adjustments, reason) =>
        adjustments[verb]({ audit: CLI_CONTEXT, poolId, reason }, amount),
      ),
    );
}

function addReset(budgets: Command, context: CommandContext): void {
  budgets
    .command('reset')
    .argument('<pool>', 'the id of the pool, as `budgets list` prints it')
    .description('bring a balance to what the policy starts with, but not below what is held')
    .requiredOption('--reason <text>', 'why, for the ledger and the audit log')
    .option('--json', 'as a JSON object')
    .action((poolId: string, options: ChangeOptions) =>
      change(context, options, (adjustments, reason) =>
        adjustments.reset({ audit: CLI_CONTEXT, poolId, reason }),
      ),
    );
}

async function list(context: CommandContext, { search, json }: ListOptions): Promise<void> {
  await withApplication(context, async (app) => {
    const ledger = app.get(LedgerService);
    let separator = '[\n';
    for (let page = 1; ; page += 1) {
      const request = { page, pageSize: PAGE_SIZE, sort: 'owner', order: 'asc', search } as const;
      const { items } = await ledger.pools(request);
      for (const pool of items) {
        const text = json ? `${separator}${JSON.stringify(poolJson(pool))}` : poolLine(pool);
        process.stdout.write(text);
        separator = ',\n';
      }
      if (items.length < PAGE_SIZE) break;
    }
    if (json) process.stdout.write(separator === '[\n' ? '[]\n' : '\n]\n');
  });
}

function poolJson(pool: OwnedPool) {
  const { id, ownerKind, ownerId, ownerName, unit, scope } = pool;
  const text = (amount: bigint) => amountText(unit, amount);
  return {
    ...{ id, ownerKind, ownerId, ownerName, unit },
    model: scope || null,
    balance: text(pool.balance),
    held: text(pool.held),
    max: text(pool.max),
    refresh: text(pool.refresh),
  };
}

function poolLine(pool: OwnedPool): string {
  const { id, ownerName, ownerId, unit, model, balance, held, max, refresh } = poolJson(pool);
  return line([id, ownerName ?? ownerId, unit, model ?? '-', balance, held, max, refresh]);
}

async function show(
  context: CommandContext,
  owner: string,
  { json }: { json?: boolean },
): Promise<void> {
  await withApplication(context, async (app) => {
    const overview = await app.get(FundingService).overview(await ownerNamed(app, owner));
    const budgets = overview.map(BudgetDto.from);
    if (json) process.stdout.write(`${JSON.stringify(budgets, null, 2)}\n`);
    else for (const budget of budgets) process.stdout.write(budgetLine(budget));
  });
}

function budgetLine(budget: BudgetDto): string {
  const { poolId, unit, model, kind, balance, held, max, refresh, source } = budget;
  return line([poolId ?? '-', unit, model ?? '-', kind, balance, held, max, refresh, source]);
}

const line = (columns: readonly string[]) => `${columns.map(printable).join('\t')}\n`;

async function ownerNamed(app: INestApplicationContext, name: string) {
  if (looksLikeEmail(name)) {
    const user = await app.get(UsersService).findByEmail(name);
    if (user) return { ownerKind: 'user', ownerId: user.id } as const;
  }
  const clients = app.get(ClientsService);
  await clients.syncConfigured();
  const client = await clients.findByName(name);
  if (client) return { ownerKind: 'client', ownerId: client.id } as const;
  throw new CommandError(
    `There is neither a person nor a client "${name}". "users list" and "clients list" show them.`,
  );
}

async function change(
  context: CommandContext,
  { reason, json }: ChangeOptions,
  work: (adjustments: AdjustmentsService, reason: string) => Promise<Adjustment>,
): Promise<void> {
  const why = readReason(reason);
  await withApplication(context, async (app) => {
    const { pool, change: changed, explanation } = await work(app.get(AdjustmentsService), why);
    const report = { pool: poolJson(pool), change: amountText(pool.unit, changed), explanation };
    process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : `${explanation}\n`);
  });
}

function readReason(text: string): string {
  const reason = text.trim();
  if (reason.length >= 1 && reason.length <= LONGEST_REASON && !/\p{Cc}/u.test(reason))
    return reason;
  throw new CommandError(`--reason takes one line of 1 to ${LONGEST_REASON} characters.`);
}
