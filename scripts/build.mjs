// `npm run build`.
import { dirname } from 'node:path'
import { compile } from './compile.mjs'

process.exitCode = compile(dirname(import.meta.dirname)) ? 0 : 1
