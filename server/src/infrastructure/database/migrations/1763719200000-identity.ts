import {
  type MigrationInterface,
  type QueryRunner,
  Table,
  TableColumn,
  TableForeignKey,
  TableIndex,
} from 'typeorm';
import { flag, id, longText, optional, reference, text, time } from './migration-columns.js';

/** Groups, clients, roles, acknowledgements, the audit log, and what replicas tell each other. */
export class Identity1763719200000 implements MigrationInterface {
  name = 'Identity1763719200000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.createTable(table);
    await runner.addColumns(
      'users',
      USER_COLUMNS.map((column) => new TableColumn(column)),
    );
    await runner.addColumns(
      'api_keys',
      KEY_COLUMNS.map((column) => new TableColumn(column)),
    );
    await runner.createIndex('api_keys', new TableIndex(KEY_CLIENT_INDEX));
    await runner.createForeignKey('api_keys', new TableForeignKey(KEY_CLIENT));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropForeignKey('api_keys', KEY_CLIENT.name);
    await runner.dropIndex('api_keys', KEY_CLIENT_INDEX.name);
    await runner.dropColumns(
      'api_keys',
      KEY_COLUMNS.map(({ name }) => name),
    );
    await runner.dropColumns(
      'users',
      USER_COLUMNS.map(({ name }) => name),
    );
    for (const table of [...TABLES].reverse()) await runner.dropTable(table.name);
  }
}

/** The claims of the last login as JSON, and the roles a superadmin granted, as JSON. */
const USER_COLUMNS = [longText('claims', optional), longText('granted_roles', optional)];

const KEY_COLUMNS = [
  reference('client_id', optional),
  reference('created_by', optional),
  time('expires_at', optional),
  longText('only_models', optional),
];

const KEY_CLIENT_INDEX = { name: 'api_keys_client_id', columnNames: ['client_id'] };

const KEY_CLIENT = {
  name: 'api_keys_client',
  columnNames: ['client_id'],
  referencedTableName: 'clients',
  referencedColumnNames: ['id'],
  onDelete: 'CASCADE',
};

/** Groups made in the console; those of config.yaml live there alone. */
const groups = new Table({
  name: 'groups',
  columns: [
    id(),
    text('name', 128),
    text('description', 2000),
    flag('is_active'),
    longText('rules'),
    longText('model_access'),
    longText('budget'),
    time('created_at'),
    time('updated_at'),
  ],
  indices: [{ name: 'groups_name', columnNames: ['name'], isUnique: true }],
});

/** Memberships made by hand; those by rule or configuration are worked out. */
const groupMembers = new Table({
  name: 'group_members',
  columns: [
    id(),
    text('group_name', 128),
    text('owner_kind', 16),
    reference('owner_id'),
    reference('created_by', optional),
    time('created_at'),
  ],
  indices: [
    {
      name: 'group_members_unique',
      columnNames: ['owner_id', 'group_name'],
      isUnique: true,
    },
    { name: 'group_members_group_name', columnNames: ['group_name'] },
  ],
});

const clients = new Table({
  name: 'clients',
  columns: [
    id(),
    text('name', 128),
    text('description', 2000),
    flag('is_active'),
    reference('owner_id', optional),
    text('default_model', 256, optional),
    time('created_at'),
    time('updated_at'),
  ],
  indices: [
    { name: 'clients_name', columnNames: ['name'], isUnique: true },
    { name: 'clients_owner_id', columnNames: ['owner_id'] },
  ],
});

const clientManagers = new Table({
  name: 'client_managers',
  columns: [id(), reference('client_id'), reference('user_id'), time('created_at')],
  indices: [
    {
      name: 'client_managers_unique',
      columnNames: ['client_id', 'user_id'],
      isUnique: true,
    },
    { name: 'client_managers_user_id', columnNames: ['user_id'] },
  ],
  foreignKeys: [
    {
      name: 'client_managers_client',
      columnNames: ['client_id'],
      referencedTableName: 'clients',
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});

const acknowledgements = new Table({
  name: 'acknowledgements',
  columns: [
    id(),
    text('owner_kind', 16),
    reference('owner_id'),
    text('model', 256),
    text('text_hash', 43),
    longText('text'),
    reference('acknowledged_by'),
    time('acknowledged_at'),
  ],
  indices: [
    {
      name: 'acknowledgements_unique',
      columnNames: ['owner_id', 'model', 'text_hash'],
      isUnique: true,
    },
  ],
});

const auditLog = new Table({
  name: 'audit_log',
  columns: [
    id(),
    time('at'),
    text('actor_kind', 16),
    reference('actor_id', optional),
    text('actor_name', 320),
    text('action', 64),
    text('outcome', 16),
    text('object_kind', 32, optional),
    text('object_id', 256, optional),
    text('object_name', 320, optional),
    longText('before', optional),
    longText('after', optional),
    text('reason', 2000, optional),
    text('ip', 64, optional),
    text('request_id', 128, optional),
  ],
  indices: [
    { name: 'audit_log_at', columnNames: ['at'] },
    { name: 'audit_log_actor_id', columnNames: ['actor_id', 'at'] },
    { name: 'audit_log_object_id', columnNames: ['object_id', 'at'] },
    { name: 'audit_log_action', columnNames: ['action', 'at'] },
  ],
});

/** What other replicas must hear of; read by each, cleared when all have had the time to. */
const changes = new Table({
  name: 'changes',
  columns: [id(), time('at'), text('origin', 36), text('kind', 32), text('subject', 256)],
  indices: [{ name: 'changes_at', columnNames: ['at'] }],
});

const TABLES = [groups, groupMembers, clients, clientManagers, acknowledgements, auditLog, changes];
