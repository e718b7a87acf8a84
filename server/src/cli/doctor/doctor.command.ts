import { type Command } from 'commander';
import { LUMEN_VERSION } from '../../infrastructure/version.js';
import { type CommandContext } from '../command-context.js';
import { type JsonOption, withJson, writeResult } from '../output.js';
import { printable } from '../printable.js';
import { type Finding } from './check.js';
import { examine } from './examination.js';

export function addDoctorCommand(program: Command, context: CommandContext): void {
  withJson(program.command('doctor'))
    .description(
      'look at everything Lumen needs and say what to do; changes nothing; exit code 1 when something is broken',
    )
    .action(async (options: JsonOption) => {
      const findings = await examine(context);
      const isHealthy = findings.every(({ status }) => status !== 'failed');
      const report = { isHealthy, version: LUMEN_VERSION, findings };
      writeResult(options, report, [...findings.flatMap(linesOf), summaryOf(findings)]);
      context.setExitCode(isHealthy ? 0 : 1);
    });
}

const WORDS = { ok: 'ok', warning: 'WARNING', failed: 'FAILED', skipped: '-' };
const SUBJECT_WIDTH = 18;
const STATUS_WIDTH = 9;

function linesOf({ subject, status, detail, advice }: Finding): string[] {
  const start = `${WORDS[status].padEnd(STATUS_WIDTH)}${subject.padEnd(SUBJECT_WIDTH)}`;
  const indent = ' '.repeat(STATUS_WIDTH + SUBJECT_WIDTH);
  return [
    `${start}${printable(detail)}`,
    ...(advice === undefined ? [] : [`${indent}→ ${printable(advice)}`]),
  ];
}

function summaryOf(findings: readonly Finding[]): string {
  const count = (wanted: Finding['status']) =>
    findings.filter(({ status }) => status === wanted).length;
  const [broken, doubtful] = [count('failed'), count('warning')];
  if (broken + doubtful === 0) return '\nNothing is wrong.';
  return `\n${broken} broken, ${doubtful} to look at.`;
}
