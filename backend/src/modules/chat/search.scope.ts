import { hash } from 'node:crypto'

/**
 * What stands for a course in front of the words of an index. Two courses that share it cost each other a look at the
 * course of what is found.
 */
export const scopeOf = (courseId: string): string => hash('sha256', courseId).slice(0, 6)
