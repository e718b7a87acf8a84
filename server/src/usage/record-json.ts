import { type RequestRecord } from './request-record.js';

/** A record as text that survives its process; amounts beyond 2^53 stand as text in it. */
export function recordToJson(record: RequestRecord): string {
  return JSON.stringify({
    ...record,
    startedAt: record.startedAt.getTime(),
    cost: textOf(record.cost),
    coinsHeld: textOf(record.coinsHeld),
    tokensHeld: textOf(record.tokensHeld),
  });
}

/** The record that `recordToJson` made the text of. */
export function recordFromJson(json: string): RequestRecord {
  const record = JSON.parse(json) as RecordInJson;
  return {
    ...record,
    startedAt: new Date(record.startedAt),
    cost: amountOf(record.cost),
    coinsHeld: amountOf(record.coinsHeld),
    tokensHeld: amountOf(record.tokensHeld),
  };
}

type Amounts = 'cost' | 'coinsHeld' | 'tokensHeld';
type RecordInJson = Omit<RequestRecord, 'startedAt' | Amounts> & { startedAt: number } & Record<
    Amounts,
    string | null
  >;

const textOf = (amount: bigint | null) => (amount === null ? null : amount.toString());
const amountOf = (text: string | null) => (text === null ? null : BigInt(text));
