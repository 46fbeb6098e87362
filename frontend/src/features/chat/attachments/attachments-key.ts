/** Under which a person's attachments are kept: the next one to use the browser does not see them. */
export const keyOf = (userId: string): string => `lectern.attachments.${userId}`
