import { Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { NestLogger } from './nest-logger.js';

function startLogging(modules: Record<string, string> = {}) {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      const { context, msg } = JSON.parse(chunk.toString()) as { context: string; msg: string };
      lines.push(`${context}: ${msg}`);
      done();
    },
  });
  const logger = new NestLogger(pino({ level: 'info' }, stream), { modules });
  const say = () => {
    lines.length = 0;
    for (const context of ['Routing', 'Probes']) {
      logger.debug('a detail', context);
      logger.log('news', context);
      logger.error('trouble', context);
    }
    return [...lines];
  };
  return { logger, say };
}

describe('levels of the log', () => {
  it('are one for all, unless a module has its own', () => {
    const { say } = startLogging({ Routing: 'debug', Probes: 'error' });
    expect(say()).toEqual([
      'Routing: a detail',
      'Routing: news',
      'Routing: trouble',
      'Probes: trouble',
    ]);
  });

  it('change while it writes, and back', () => {
    const { logger, say } = startLogging();
    const usual = ['Routing: news', 'Routing: trouble', 'Probes: news', 'Probes: trouble'];
    expect(say()).toEqual(usual);
    logger.follow({ level: 'error', modules: { Probes: 'info' } });
    expect(say()).toEqual(['Routing: trouble', 'Probes: news', 'Probes: trouble']);
    logger.follow({ level: 'silent', modules: { Routing: 'error' } });
    expect(say()).toEqual(['Routing: trouble']);
    logger.follow({ level: 'info', modules: {} });
    expect(say()).toEqual(usual);
  });
});
