import { ApiProperty } from '@nestjs/swagger';
import { pageOf } from '../../infrastructure/http/page-query.dto.js';
import { amountText } from '../amount-text.js';
import { type Unit } from '../amounts.js';
import { type LedgerEntry, type LedgerEntryKind } from './ledger-entry.entity.js';

const KINDS = ['grant', 'refresh', 'charge', 'adjustment', 'uncollected'] as const;

/** One change of a balance. */
export class LedgerEntryDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({
    enum: KINDS,
    enumName: 'LedgerEntryKind',
    description: 'uncollected: the part of a charge that the pool could not pay, given back.',
  })
  kind!: LedgerEntryKind;

  @ApiProperty({ description: "Added to the balance, in the pool's unit.", example: '-0.000125' })
  amount!: string;

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'The request that was charged, by its id in the request log.',
  })
  requestLogId!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Why somebody adjusted it.' })
  reason!: string | null;

  static from(unit: Unit, entry: LedgerEntry): LedgerEntryDto {
    const { id, at, kind, amount, requestLogId, reason } = entry;
    return {
      id,
      at: at.toISOString(),
      kind,
      amount: amountText(unit, amount),
      requestLogId,
      reason,
    };
  }
}

export class LedgerPageDto extends pageOf(LedgerEntryDto) {}
