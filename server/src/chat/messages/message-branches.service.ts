import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { placeholders } from '../../infrastructure/database/placeholders.js';
import { type MessageLeaf } from './newest-leaf.js';
import { type MessageState } from './message.entity.js';

/** More than any branch has; a bound for the database, not for people. */
const LONGEST_BRANCH = 1_000_000;

/**
 * The shape of the trees of messages, without their texts. To go up a branch costs what the page has,
 * in a tree of ten and of thousands.
 */
@Injectable()
export class MessageBranchesService {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * The ids from this message up to the first of the conversation, or as many as are wanted; it is
   * the first of them. Empty if the conversation has no such message.
   */
  async up(
    conversationId: string,
    messageId: string,
    { most = LONGEST_BRANCH, manager }: { most?: number; manager?: EntityManager } = {},
  ): Promise<string[]> {
    const rows = await this.ask<{ id: string }>(manager, UP, [conversationId, messageId, most]);
    return rows.map(({ id }) => id);
  }

  /** Of all messages of a conversation, in no order. */
  async shape(conversationId: string, manager?: EntityManager): Promise<TreeMessage[]> {
    const rows = await this.ask<TreeRow>(manager, SHAPE, [conversationId]);
    return rows.map(({ createdMs, ...row }) => ({ ...row, createdMs: Number(createdMs) }));
  }

  private ask<T>(
    manager: EntityManager | undefined,
    sql: string,
    parameters: unknown[],
  ): Promise<T[]> {
    const text = placeholders(this.dataSource, sql);
    return (manager ?? this.dataSource).query(text, parameters);
  }
}

export interface TreeMessage extends MessageLeaf {
  readonly state: MessageState;
}

type TreeRow = Omit<TreeMessage, 'createdMs'> & { readonly createdMs: number | string };

const UP = `
WITH RECURSIVE branch (id, parent_id, height) AS (
  SELECT id, parent_id, 1 FROM messages WHERE conversation_id = ? AND id = ?
  UNION ALL
  SELECT messages.id, messages.parent_id, branch.height + 1
  FROM branch CROSS JOIN messages
  WHERE messages.id = branch.parent_id AND branch.height < ?
)
SELECT id FROM branch ORDER BY height`;

const SHAPE = `
SELECT id AS "id", parent_id AS "parentId", state AS "state", comparison_id AS "comparisonId",
  created_at AS "createdMs"
FROM messages WHERE conversation_id = ?`;
