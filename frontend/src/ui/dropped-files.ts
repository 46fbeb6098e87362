/** A picture that is pasted has no name of its own but this (Chromium, Firefox, Safari). */
const NAMELESS = /^image\.(\w+)$/

/** What was dropped or pasted; folders come as files without a type, which the check of their names refuses. */
export const filesOf = (data: DataTransfer | null): readonly File[] => [...(data?.files ?? [])]

export const bringsFiles = (data: DataTransfer | null): boolean => data?.types.includes('Files') ?? false

/** What a spreadsheet or a text processor copies is text as well as a picture of it: the text is meant. */
export const isTextMeant = (data: DataTransfer): boolean => data.types.includes('text/plain')

/** Named by when it was pasted. @param nameOf of a picture with this ending */
export const named = (file: File, nameOf: (extension: string) => string): File => {
  const [, extension] = NAMELESS.exec(file.name) ?? []
  if (extension === undefined) return file
  return new File([file], nameOf(extension), { type: file.type, lastModified: file.lastModified })
}

/** As `2026-11-22 10.15.03`, which every file system takes. */
export const timeInName = (time: Date): string => {
  const local = new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString()
  return `${local.slice(0, 10)} ${local.slice(11, 19).replaceAll(':', '.')}`
}
