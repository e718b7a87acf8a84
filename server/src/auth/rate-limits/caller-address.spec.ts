import { describe, expect, it } from '@jest/globals';
import { type FastifyRequest } from 'fastify';
import { callerAddress } from './caller-address.js';

const from = (ip: string): string =>
  callerAddress({ ip, socket: { remoteAddress: '10.0.0.9' } as FastifyRequest['socket'] });

describe('callerAddress', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['garbage', '10.0.0.9'],
    ['192.0.2.7, 192.0.2.8', '10.0.0.9'],
    ['', '10.0.0.9'],
  ])('of %j is %s', (ip, address) => {
    expect(from(ip)).toBe(address);
  });

  it('is one for an IPv6 network, however it is written', () => {
    expect(from('2001:db8:1:2:3:4:5:6')).toBe(from('2001:DB8:1:2::9'));
    expect(from('2001:db8:1:2::1')).not.toBe(from('2001:db8:1:3::1'));
  });
});
