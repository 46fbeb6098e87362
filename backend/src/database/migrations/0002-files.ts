import type { Kysely } from 'kysely'
import type { Schema } from '../schema.ts'
import { columnsOf } from './columns.ts'
import type { DdlDialect, Migration } from './migration.ts'

export const files: Migration = {
  name: '0002-files',
  async up(db, ddl) {
    await createFolders(db, ddl)
    await createFiles(db, ddl)
    await createUploads(db, ddl)
    await createLinks(db, ddl)
    await createTraces(db, ddl)
  },
}

async function createFolders(db: Kysely<Schema>, ddl: DdlDialect): Promise<void> {
  const { text, integer, textOrNull } = columnsOf(ddl)
  await db.schema
    .createTable('folders')
    .$call((table) => text(table, 'id', 'realm', 'scope', 'name', 'name_key', 'owner_id', 'visibility'))
    .$call((table) => textOrNull(table, 'course_id'))
    .$call((table) => integer(table, 'created_at'))
    .addPrimaryKeyConstraint('folders_pk', ['id'])
    .addUniqueConstraint('folders_name', ['scope', 'name_key'])
    .addForeignKeyConstraint('folders_course', ['course_id'], 'courses', ['id'])
    .modifyEnd(ddl.plain)
    .execute()
  await db.schema.createIndex('folders_course_id').on('folders').columns(['course_id', 'name_key', 'id']).execute()
  await db.schema.createIndex('folders_key').on('folders').columns(['realm', 'name_key', 'id']).execute()
  await db.schema.createIndex('folders_owner').on('folders').column('owner_id').execute()
}

async function createFiles(db: Kysely<Schema>, ddl: DdlDialect): Promise<void> {
  const { text, integer, textOrNull } = columnsOf(ddl)
  await db.schema
    .createTable('files')
    .$call((table) => text(table, 'id', 'folder_id', 'filename', 'filename_key', 'original_name', 'mime_type'))
    .$call((table) => text(table, 'category', 'sha256', 'uploaded_by', 'uploaded_by_name', 'search'))
    .$call((table) => textOrNull(table, 'description'))
    .$call((table) => integer(table, 'size', 'created_at'))
    .addPrimaryKeyConstraint('files_pk', ['id'])
    .addUniqueConstraint('files_name', ['folder_id', 'filename_key'])
    .addForeignKeyConstraint('files_folder', ['folder_id'], 'folders', ['id'])
    .modifyEnd(ddl.plain)
    .execute()
  // One for each order of a list, and of a list of one category; by name there is the constraint's.
  const orders = {
    files_by_time: ['folder_id', 'created_at', 'id'],
    files_by_size: ['folder_id', 'size', 'id'],
    files_by_category_time: ['folder_id', 'category', 'created_at', 'id'],
    files_by_category_size: ['folder_id', 'category', 'size', 'id'],
    files_by_category_name: ['folder_id', 'category', 'filename_key'],
    // Of those who see their own files alone.
    files_own_by_time: ['uploaded_by', 'folder_id', 'created_at', 'id'],
    files_own_by_size: ['uploaded_by', 'folder_id', 'size', 'id'],
    files_own_by_name: ['uploaded_by', 'folder_id', 'filename_key'],
  }
  for (const [name, columns] of Object.entries(orders)) {
    await db.schema.createIndex(name).on('files').columns(columns).execute()
  }
  await db.schema
    .createIndex('messages_file')
    .on('messages')
    .column('file_id')
    .where('file_id', 'is not', null)
    .execute()
}

async function createUploads(db: Kysely<Schema>, ddl: DdlDialect): Promise<void> {
  const { text, integer, integerOrNull } = columnsOf(ddl)
  await db.schema
    .createTable('uploads')
    .$call((table) => text(table, 'id', 'node_id', 'kind', 'realm', 'user_id', 'metadata'))
    .$call((table) => integer(table, 'reserved', 'created_at'))
    .$call((table) => integerOrNull(table, 'length', 'expires_at'))
    .addPrimaryKeyConstraint('uploads_pk', ['id'])
    .modifyEnd(ddl.plain)
    .execute()
  await db.schema.createIndex('uploads_expiry').on('uploads').column('expires_at').execute()
  await db.schema
    .createTable('file_usage')
    .$call((table) => text(table, 'user_id'))
    .$call((table) => integer(table, 'used', 'reserved'))
    .addPrimaryKeyConstraint('file_usage_pk', ['user_id'])
    .modifyEnd(ddl.keyed)
    .execute()
}

async function createLinks(db: Kysely<Schema>, ddl: DdlDialect): Promise<void> {
  const { text, integer, textOrNull } = columnsOf(ddl)
  await db.schema
    .createTable('signed_urls')
    .$call((table) => text(table, 'id', 'file_id', 'issuer_id', 'issuer', 'disposition'))
    .$call((table) => textOrNull(table, 'course_id'))
    .$call((table) => integer(table, 'expires_at', 'created_at'))
    .addPrimaryKeyConstraint('signed_urls_pk', ['id'])
    .addForeignKeyConstraint('signed_urls_file', ['file_id'], 'files', ['id'], (key) => key.onDelete('cascade'))
    .modifyEnd(ddl.plain)
    .execute()
  await db.schema.createIndex('signed_urls_file_id').on('signed_urls').column('file_id').execute()
  await db.schema.createIndex('signed_urls_issuer').on('signed_urls').columns(['issuer_id', 'course_id']).execute()
  await db.schema.createIndex('signed_urls_expiry').on('signed_urls').column('expires_at').execute()
}

/** What is left of files that are gone, until whoever has to know knows. */
async function createTraces(db: Kysely<Schema>, ddl: DdlDialect): Promise<void> {
  const { text, integer } = columnsOf(ddl)
  await db.schema
    .createTable('deleted_files')
    .$call((table) => text(table, 'id', 'original_name'))
    .$call((table) => integer(table, 'deleted_at'))
    .addPrimaryKeyConstraint('deleted_files_pk', ['id'])
    .modifyEnd(ddl.keyed)
    .execute()
  await db.schema
    .createTable('unwanted_objects')
    .$call((table) => text(table, 'id'))
    .$call((table) => integer(table, 'since'))
    .addPrimaryKeyConstraint('unwanted_objects_pk', ['id'])
    .modifyEnd(ddl.keyed)
    .execute()
  await db.schema
    .createTable('file_changes')
    .addColumn('row_id', ddl.rowId)
    .$call((table) => text(table, 'file_id'))
    .modifyEnd(ddl.plain)
    .execute()
}
