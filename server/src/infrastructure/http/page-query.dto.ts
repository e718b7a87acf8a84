import { type Type } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';

export const MOST_ROWS = 200;
const DEFAULT_ROWS = 50;
const LAST_PAGE = 1_000_000;
const LONGEST_SEARCH = 200;

export type SortOrder = 'asc' | 'desc';

/** What every list understands; see `pageQueryOf` for one whose columns can be sorted by. */
export class PageQueryDto {
  @ApiPropertyOptional({ type: Number, minimum: 1, maximum: LAST_PAGE, default: 1 })
  @Transform(({ value }: { value: unknown }) => readWholeNumber(value))
  @IsInt({ message: 'page is a whole number from 1.' })
  @Min(1, { message: 'page is a whole number from 1.' })
  @Max(LAST_PAGE, { message: `page is at most ${LAST_PAGE}.` })
  page = 1;

  @ApiPropertyOptional({ type: Number, minimum: 1, maximum: MOST_ROWS, default: DEFAULT_ROWS })
  @Transform(({ value }: { value: unknown }) => readWholeNumber(value))
  @IsInt({ message: `pageSize is a whole number from 1 to ${MOST_ROWS}.` })
  @Min(1, { message: `pageSize is a whole number from 1 to ${MOST_ROWS}.` })
  @Max(MOST_ROWS, { message: `pageSize is a whole number from 1 to ${MOST_ROWS}.` })
  pageSize = DEFAULT_ROWS;

  @ApiPropertyOptional({
    type: String,
    maxLength: LONGEST_SEARCH,
    description: 'Shows what contains this text, in upper or lower case.',
  })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value))
  @IsString({ message: 'search is one text.' })
  @MaxLength(LONGEST_SEARCH, { message: `search has at most ${LONGEST_SEARCH} characters.` })
  @Matches(/^\P{Cc}*$/u, { message: 'search has no control characters.' })
  search?: string;
}

/** A page query with `sort` (one of `columns`, the first by default) and `order`. */
export interface SortedPageQuery<Column extends string = string> extends PageQueryDto {
  sort: Column;
  order: SortOrder;
}

/**
 * The query of one list: `class ListUsersDto extends pageQueryOf(['name', 'email']) {}`. Only the
 * columns named here get through, the first is what the list is sorted by unless asked otherwise.
 */
export function pageQueryOf<const Column extends string>(
  columns: readonly [Column, ...Column[]],
  order: SortOrder = 'asc',
): Type<SortedPageQuery<Column>> {
  const [first] = columns;
  const defaultOrder = order;
  class ListQuery extends PageQueryDto implements SortedPageQuery<Column> {
    @ApiPropertyOptional({ enum: columns, default: first })
    @IsIn(columns, { message: `sort is one of ${columns.join(', ')}.` })
    sort: Column = first;

    @ApiPropertyOptional({ enum: ['asc', 'desc'], default: defaultOrder })
    @IsIn(['asc', 'desc'], { message: 'order is asc or desc.' })
    order: SortOrder = defaultOrder;
  }
  return ListQuery;
}

/** The answer of a list: `class UserPageDto extends pageOf(UserDto) {}`. */
export function pageOf<Item>(item: Type<Item>): Type<PageDto<Item>> {
  class ListPage implements PageDto<Item> {
    @ApiProperty({ type: [item] })
    items!: Item[];

    @ApiProperty({ description: 'How many there are on all pages.' })
    total!: number;

    @ApiProperty()
    page!: number;

    @ApiProperty()
    pageSize!: number;
  }
  return ListPage;
}

export interface PageDto<Item> {
  items: Item[];
  total: number;
  page: number;
  pageSize: number;
}

/** Digits only: `1e3`, `0x10` or a value given twice is not a number of a page. */
function readWholeNumber(value: unknown): unknown {
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
}
