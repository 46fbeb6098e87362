import { defineOperations } from '../../database/operations.ts'
import { addFile } from './files.repository.adding.ts'
import { forgetUnwanted, moveFile, removeFiles } from './files.repository.changing.ts'

/** Changes of files, each whole in one transaction. Who may do it is decided before. */
export const fileChanges = defineOperations(import.meta.url, { addFile, moveFile, removeFiles, forgetUnwanted })
