import { type Kysely, sql } from 'kysely'
import type { Schema } from '../schema.ts'
import { columnsOf } from './columns.ts'
import type { DdlDialect, Migration } from './migration.ts'

export const foundation: Migration = {
  name: '0001-foundation',
  async up(db, ddl) {
    await createPeople(db, ddl)
    await createCourses(db, ddl)
    await createMessages(db, ddl)
    await createPositions(db, ddl)
    await ddl.createSearch(db)
  },
}

async function createPeople(db: Kysely<Schema>, ddl: DdlDialect): Promise<void> {
  const { text, integer, textOrNull, integerOrNull } = columnsOf(ddl)
  await db.schema
    .createTable('users')
    .$call((table) => text(table, 'id', 'realm', 'name', 'role'))
    .$call((table) => textOrNull(table, 'email', 'locale', 'password_hash'))
    .$call((table) => integer(table, 'disabled', 'created_at'))
    .addPrimaryKeyConstraint('users_pk', ['id'])
    .modifyEnd(ddl.plain)
    .execute()
  // Addresses are stored case-folded.
  await db.schema
    .createIndex('users_email')
    .unique()
    .on('users')
    .columns(['realm', 'email'])
    .where('email', 'is not', null)
    .execute()
  await db.schema
    .createTable('user_deletions')
    .$call((table) => text(table, 'user_id'))
    .$call((table) => integer(table, 'deleted_at'))
    .addPrimaryKeyConstraint('user_deletions_pk', ['user_id'])
    .modifyEnd(ddl.keyed)
    .execute()
  await db.schema
    .createTable('refresh_tokens')
    .$call((table) => text(table, 'hash', 'family_id', 'user_id'))
    .$call((table) => integer(table, 'created_at', 'expires_at'))
    .$call((table) => integerOrNull(table, 'used_at'))
    .addPrimaryKeyConstraint('refresh_tokens_pk', ['hash'])
    .addForeignKeyConstraint('refresh_tokens_user', ['user_id'], 'users', ['id'], (key) => key.onDelete('cascade'))
    .modifyEnd(ddl.keyed)
    .execute()
  await db.schema.createIndex('refresh_tokens_family').on('refresh_tokens').column('family_id').execute()
  await db.schema.createIndex('refresh_tokens_user_id').on('refresh_tokens').column('user_id').execute()
  await db.schema.createIndex('refresh_tokens_expiry').on('refresh_tokens').column('expires_at').execute()
}

async function createCourses(db: Kysely<Schema>, ddl: DdlDialect): Promise<void> {
  const { text, integer, textOrNull, integerOrNull } = columnsOf(ddl)
  await db.schema
    .createTable('courses')
    .$call((table) => text(table, 'id', 'realm', 'title', 'join_code'))
    .$call((table) => integer(table, 'last_seq', 'last_rev', 'created_at'))
    .$call((table) => textOrNull(table, 'created_by'))
    .$call((table) => integerOrNull(table, 'archived_at'))
    .addPrimaryKeyConstraint('courses_pk', ['id'])
    .addUniqueConstraint('courses_join_code', ['join_code'])
    .modifyEnd(ddl.plain)
    .execute()
  await db.schema
    .createTable('enrolments')
    .$call((table) => text(table, 'course_id', 'user_id', 'role', 'source'))
    .$call((table) => integer(table, 'joined_at'))
    .addPrimaryKeyConstraint('enrolments_pk', ['course_id', 'user_id'])
    .addForeignKeyConstraint('enrolments_course', ['course_id'], 'courses', ['id'])
    .addForeignKeyConstraint('enrolments_user', ['user_id'], 'users', ['id'], (key) => key.onDelete('cascade'))
    .modifyEnd(ddl.keyed)
    .execute()
  await db.schema.createIndex('enrolments_user_id').on('enrolments').column('user_id').execute()
  await db.schema
    .createTable('removals')
    .$call((table) => text(table, 'course_id', 'user_id'))
    .$call((table) => integer(table, 'removed_at'))
    .addPrimaryKeyConstraint('removals_pk', ['course_id', 'user_id'])
    .addForeignKeyConstraint('removals_course', ['course_id'], 'courses', ['id'])
    .modifyEnd(ddl.keyed)
    .execute()
}

async function createMessages(db: Kysely<Schema>, ddl: DdlDialect): Promise<void> {
  const { text, integer, textOrNull, integerOrNull } = columnsOf(ddl)
  await db.schema
    .createTable('messages')
    .addColumn('row_id', ddl.rowId)
    .$call((table) => text(table, 'id', 'course_id'))
    .$call((table) => integer(table, 'seq', 'rev', 'created_rev'))
    .$call((table) => textOrNull(table, 'user_id'))
    .$call((table) => text(table, 'user_name', 'user_role', 'message', 'message_type'))
    .$call((table) => textOrNull(table, 'reply_to_id', 'file_id', 'client_id'))
    .$call((table) => text(table, 'mentions', 'reactions'))
    .$call((table) => textOrNull(table, 'system', 'deleted_by'))
    .$call((table) => integerOrNull(table, 'pinned_at', 'edited_at', 'deleted_at'))
    .$call((table) => integer(table, 'created_at'))
    .addUniqueConstraint('messages_id', ['id'])
    .addUniqueConstraint('messages_seq', ['course_id', 'seq'])
    .addUniqueConstraint('messages_rev', ['course_id', 'rev'])
    .addForeignKeyConstraint('messages_course', ['course_id'], 'courses', ['id'])
    .modifyEnd(ddl.plain)
    .execute()
  await db.schema
    .createIndex('messages_client_id')
    .unique()
    .on('messages')
    .columns(['course_id', 'user_id', 'client_id'])
    .where('client_id', 'is not', null)
    .execute()
  // Texts are found by `seq`: nearly all are.
  await db.schema
    .createIndex('messages_type')
    .on('messages')
    .columns(['course_id', 'message_type', 'seq'])
    .where(sql<boolean>`message_type <> 'text' and deleted_at is null`)
    .execute()
  await db.schema
    .createIndex('messages_pinned')
    .on('messages')
    .columns(['course_id', 'pinned_at'])
    .where('pinned_at', 'is not', null)
    .execute()
  // Unread is (last_seq - mark), less what does not count and less one's own: these two find them, and nothing else is counted.
  // The second bears all that statistics ask for, so that they read no message.
  await db.schema
    .createIndex('messages_uncounted')
    .on('messages')
    .columns(['course_id', 'seq'])
    .where(sql<boolean>`deleted_at is not null or message_type = 'system'`)
    .execute()
  await db.schema
    .createIndex('messages_author')
    .on('messages')
    .columns(['course_id', 'user_id', 'seq', 'message_type', 'created_at'])
    .where(sql<boolean>`deleted_at is null`)
    .execute()
  await db.schema
    .createTable('message_versions')
    .$call((table) => text(table, 'message_id', 'message', 'by'))
    .$call((table) => integer(table, 'version', 'at'))
    .addPrimaryKeyConstraint('message_versions_pk', ['message_id', 'version'])
    .addForeignKeyConstraint('message_versions_message', ['message_id'], 'messages', ['id'])
    .modifyEnd(ddl.plain)
    .execute()
}

async function createPositions(db: Kysely<Schema>, ddl: DdlDialect): Promise<void> {
  const { text, integer, integerOrNull } = columnsOf(ddl)
  await db.schema
    .createTable('mentions')
    .$call((table) => text(table, 'course_id', 'user_id'))
    .$call((table) => integer(table, 'seq'))
    .addPrimaryKeyConstraint('mentions_pk', ['course_id', 'user_id', 'seq'])
    .modifyEnd(ddl.keyed)
    .execute()
  await db.schema
    .createTable('read_marks')
    .$call((table) => text(table, 'course_id', 'user_id'))
    .$call((table) => integer(table, 'last_read_seq'))
    .addPrimaryKeyConstraint('read_marks_pk', ['course_id', 'user_id'])
    .addForeignKeyConstraint('read_marks_course', ['course_id'], 'courses', ['id'])
    .modifyEnd(ddl.keyed)
    .execute()
  await db.schema
    .createTable('seats')
    .$call((table) => text(table, 'connection_id', 'course_id', 'user_id'))
    .$call((table) => integer(table, 'entered_rev', 'reached_rev'))
    .$call((table) => integerOrNull(table, 'parked_at'))
    .addPrimaryKeyConstraint('seats_pk', ['connection_id', 'course_id'])
    .modifyEnd(ddl.keyed)
    .execute()
  await db.schema.createIndex('seats_user').on('seats').column('user_id').execute()
  await db.schema
    .createTable('room_positions')
    .$call((table) => text(table, 'course_id'))
    .$call((table) => integer(table, 'sent_rev'))
    .addPrimaryKeyConstraint('room_positions_pk', ['course_id'])
    .modifyEnd(ddl.keyed)
    .execute()
}
