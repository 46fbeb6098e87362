import type { Kysely } from 'kysely'
import type { Schema } from '../schema.ts'
import { columnsOf } from './columns.ts'
import type { DdlDialect, Migration } from './migration.ts'

export const classes: Migration = {
  name: '0003-classes',
  async up(db, ddl) {
    await createSessions(db, ddl)
    await createRoom(db, ddl)
    await createAttendance(db, ddl)
    await createEvidence(db, ddl)
  },
}

async function createSessions(db: Kysely<Schema>, ddl: DdlDialect): Promise<void> {
  const { text, integer, textOrNull, integerOrNull } = columnsOf(ddl)
  await db.schema
    .createTable('class_sessions')
    .$call((table) => text(table, 'id', 'course_id', 'title', 'status'))
    .$call((table) => textOrNull(table, 'created_by'))
    .$call((table) => integer(table, 'locked', 'lobby', 'last_place', 'last_hand_at', 'created_at'))
    .$call((table) =>
      integerOrNull(table, 'scheduled_at', 'duration_min', 'started_at', 'ended_at', 'empty_since', 'deleted_at'),
    )
    .addPrimaryKeyConstraint('class_sessions_pk', ['id'])
    .addForeignKeyConstraint('class_sessions_course', ['course_id'], 'courses', ['id'])
    .modifyEnd(ddl.plain)
    .execute()
  await db.schema
    .createIndex('class_sessions_course_id')
    .on('class_sessions')
    .columns(['course_id', 'created_at', 'id'])
    .execute()
  await db.schema.createIndex('class_sessions_status').on('class_sessions').columns(['status', 'id']).execute()
}

/** What has to be found again after a restart: who is in a class, and who may not be. */
async function createRoom(db: Kysely<Schema>, ddl: DdlDialect): Promise<void> {
  const { text, integer, integerOrNull } = columnsOf(ddl)
  await db.schema
    .createTable('class_participants')
    .$call((table) => text(table, 'session_id', 'user_id', 'user_name', 'display_name', 'role', 'enrolled_role'))
    .$call((table) => text(table, 'state', 'instance_id'))
    .$call((table) => integer(table, 'place', 'audio', 'video', 'screen', 'joined_at'))
    .$call((table) => integerOrNull(table, 'hand_raised_at'))
    .addPrimaryKeyConstraint('class_participants_pk', ['session_id', 'user_id'])
    .addForeignKeyConstraint('class_participants_session', ['session_id'], 'class_sessions', ['id'])
    .modifyEnd(ddl.keyed)
    .execute()
  await db.schema
    .createTable('class_bans')
    .$call((table) => text(table, 'session_id', 'user_id', 'user_name', 'banned_by'))
    .$call((table) => integer(table, 'banned_at'))
    .addPrimaryKeyConstraint('class_bans_pk', ['session_id', 'user_id'])
    .addForeignKeyConstraint('class_bans_session', ['session_id'], 'class_sessions', ['id'])
    .modifyEnd(ddl.keyed)
    .execute()
}

async function createAttendance(db: Kysely<Schema>, ddl: DdlDialect): Promise<void> {
  const { text, integer, textOrNull, integerOrNull } = columnsOf(ddl)
  await db.schema
    .createTable('class_spans')
    .$call((table) => text(table, 'id', 'session_id'))
    .$call((table) => integer(table, 'number', 'started_at', 'last_seen_at', 'after_seq'))
    .$call((table) => integerOrNull(table, 'ended_at', 'up_to_seq'))
    .addPrimaryKeyConstraint('class_spans_pk', ['id'])
    .addUniqueConstraint('class_spans_number', ['session_id', 'number'])
    .modifyEnd(ddl.plain)
    .execute()
  await db.schema.createIndex('class_spans_open').on('class_spans').columns(['ended_at', 'session_id']).execute()
  await db.schema
    .createTable('attendance_intervals')
    .$call((table) => text(table, 'id', 'session_id', 'span_id', 'user_id', 'user_name', 'role'))
    .$call((table) => integer(table, 'is_entry', 'joined_at', 'last_seen_at'))
    .$call((table) => integerOrNull(table, 'left_at'))
    .addPrimaryKeyConstraint('attendance_intervals_pk', ['id'])
    .modifyEnd(ddl.plain)
    .execute()
  await db.schema
    .createIndex('attendance_intervals_session')
    .on('attendance_intervals')
    .columns(['session_id', 'user_id', 'joined_at'])
    .execute()
  await db.schema
    .createIndex('attendance_intervals_open')
    .on('attendance_intervals')
    .columns(['left_at', 'session_id'])
    .execute()
  await db.schema
    .createTable('attendance_people')
    .$call((table) => text(table, 'session_id', 'user_id'))
    .$call((table) => integer(table, 'hands_raised'))
    .$call((table) => textOrNull(table, 'status', 'note', 'corrected_by'))
    .$call((table) => integerOrNull(table, 'corrected_at'))
    .addPrimaryKeyConstraint('attendance_people_pk', ['session_id', 'user_id'])
    .modifyEnd(ddl.keyed)
    .execute()
  await db.schema
    .createTable('attendance_policies')
    .$call((table) => text(table, 'course_id'))
    .$call((table) => integer(table, 'late_after_min', 'present_percent', 'absent_below_percent'))
    .addPrimaryKeyConstraint('attendance_policies_pk', ['course_id'])
    .modifyEnd(ddl.keyed)
    .execute()
}

async function createEvidence(db: Kysely<Schema>, ddl: DdlDialect): Promise<void> {
  const { text, integer } = columnsOf(ddl)
  await db.schema
    .createTable('attendance_evidence')
    .$call((table) => text(table, 'session_id'))
    .$call((table) => integer(table, 'entry', 'at'))
    .$call((table) => text(table, 'kind', 'data', 'hash'))
    .addPrimaryKeyConstraint('attendance_evidence_pk', ['session_id', 'entry'])
    .modifyEnd(ddl.plain)
    .execute()
  await ddl.refuseChanges(db, 'attendance_evidence')
  await db.schema
    .createTable('attendance_heads')
    .$call((table) => text(table, 'session_id', 'hash', 'seal'))
    .$call((table) => integer(table, 'entries'))
    .addPrimaryKeyConstraint('attendance_heads_pk', ['session_id'])
    .modifyEnd(ddl.keyed)
    .execute()
}
