import { StartError } from '../shared/start-error.ts'

/** Another process has the database open. */
export class DatabaseLocked extends StartError {
  constructor(file: string, options?: ErrorOptions) {
    super(`Another process uses the database ${file}: stop it first.`, options)
    this.name = 'DatabaseLocked'
  }
}

/** A newer program has migrated the database; migrations only go forward. */
export class DatabaseTooNew extends StartError {
  constructor(version: number, known: number) {
    super(
      `The database has schema version ${version}, this program knows ${known}: start a newer one, or restore a backup.`,
    )
    this.name = 'DatabaseTooNew'
  }
}

/** The file is something else's. */
export class DatabaseForeign extends StartError {
  constructor(file: string, options?: ErrorOptions) {
    super(`${file} is not a Lectern database.`, options)
    this.name = 'DatabaseForeign'
  }
}
