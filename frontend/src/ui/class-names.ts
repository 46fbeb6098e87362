/** The class names that hold. */
export const clsx = (...names: readonly (string | false | undefined)[]): string => names.filter(Boolean).join(' ')
