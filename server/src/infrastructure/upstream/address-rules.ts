import { BlockList, isIP } from 'node:net';

/**
 * `public`: the internet. `private`: this machine and networks of one's own. `forbidden`: never a
 * backend: link-local addresses, where clouds answer with credentials, multicast and broadcast.
 */
export type AddressKind = 'public' | 'private' | 'forbidden';

/** Beside link-local ones, the addresses at which clouds hand out credentials. */
const FORBIDDEN = listOf(
  [
    '169.254.0.0/16',
    '100.100.100.200/32', // Alibaba
    '168.63.129.16/32', // Azure
    '192.0.0.192/32', // Oracle
    '224.0.0.0/4',
    '255.255.255.255/32',
  ],
  ['fe80::/10', 'fd00:ec2::/32', 'fd20:ce::254/128', 'ff00::/8'],
);

const PRIVATE = listOf(
  [
    '0.0.0.0/8',
    '10.0.0.0/8',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '172.16.0.0/12',
    '192.0.0.0/24',
    '192.168.0.0/16',
    '198.18.0.0/15',
    '240.0.0.0/4',
  ],
  ['::/127', 'fc00::/7', 'fec0::/10'],
);

/** The kind of an IPv4 or IPv6 address; what is neither is forbidden. */
export function kindOfAddress(address: string): AddressKind {
  const bare = address.split('%')[0] ?? '';
  const version = isIP(bare);
  if (version === 0) return 'forbidden';
  if (version === 4) return kindIn(bare, 'ipv4');
  const embedded = embeddedIpv4(groupsOf(bare));
  return embedded === null ? kindIn(bare, 'ipv6') : kindIn(embedded, 'ipv4');
}

/** The address that a URL's host is, without brackets; null for a name. */
export function addressOfHost(host: string): string | null {
  const bare = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
  return isIP(bare) === 0 ? null : bare;
}

function kindIn(address: string, family: 'ipv4' | 'ipv6'): AddressKind {
  if (FORBIDDEN.check(address, family)) return 'forbidden';
  return PRIVATE.check(address, family) ? 'private' : 'public';
}

/** IPv6 has many ways to write an IPv4 address, each a way round a rule that forgets it. */
function embeddedIpv4(groups: readonly number[]): string | null {
  const [first = 0, second = 0, third = 0] = groups;
  const isZero = (from: number, to: number) => groups.slice(from, to).every((group) => group === 0);
  const last = ipv4Of(groups[6]!, groups[7]!);
  const isMapped = isZero(0, 5) && groups[5] === 0xffff;
  const isTranslated = isZero(0, 4) && groups[4] === 0xffff && groups[5] === 0;
  const isCompatible = isZero(0, 6) && (groups[6] !== 0 || groups[7]! > 1);
  if (isMapped || isTranslated || isCompatible) return last;
  const isNat64 = first === 0x64 && second === 0xff9b && (third === 1 || isZero(2, 6));
  if (isNat64) return last;
  if (first === 0x2002) return ipv4Of(second, third);
  const isTeredo = first === 0x2001 && second === 0;
  return isTeredo ? ipv4Of(groups[6]! ^ 0xffff, groups[7]! ^ 0xffff) : null;
}

function ipv4Of(high: number, low: number): string {
  return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
}

/** The eight groups of an IPv6 address. */
function groupsOf(address: string): number[] {
  const plain = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_text, ...parts: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = parts.slice(0, 4).map(Number);
    return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
  });
  const [head = '', tail] = plain.split('::');
  const read = (text: string) =>
    text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
  if (tail === undefined) return read(head);
  const before = read(head);
  const after = read(tail);
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => 0);
  return [...before, ...zeros, ...after];
}

function listOf(ipv4: readonly string[], ipv6: readonly string[]): BlockList {
  const list = new BlockList();
  const add = (family: 'ipv4' | 'ipv6') => (range: string) => {
    const [network = '', bits] = range.split('/');
    list.addSubnet(network, Number(bits), family);
  };
  ipv4.forEach(add('ipv4'));
  ipv6.forEach(add('ipv6'));
  return list;
}
