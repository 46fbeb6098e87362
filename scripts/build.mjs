// `npm run build`; with --if-stale, only when what is built is not of these sources.
import { dirname } from 'node:path'
import { compile, isFresh } from './compile.mjs'

const root = dirname(import.meta.dirname)
const isDone = process.argv.includes('--if-stale') && isFresh(root)
process.exitCode = isDone || (await compile(root)) ? 0 : 1
