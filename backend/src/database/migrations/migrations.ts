import { foundation } from './0001-foundation.ts'
import { files } from './0002-files.ts'
import { classes } from './0003-classes.ts'
import { fewerPages } from './0004-fewer-pages.ts'
import { authored } from './0005-authored.ts'
import { scopedSearch } from './0006-scoped-search.ts'
import type { Migration } from './migration.ts'

/** In the order of their running; the schema's version is how many have run. Never change one that was released. */
export const MIGRATIONS: readonly Migration[] = [foundation, files, classes, fewerPages, authored, scopedSearch]
