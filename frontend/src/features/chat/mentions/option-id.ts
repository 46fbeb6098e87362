/** Of one choice in a list of whom a mention may mean. */
export const optionId = (listId: string, userId: string): string => `${listId}-${userId}`
