/** About what a phone shows at once. */
const UNITS = 1200
const LINES = 16

/** Whether a message is first shown folded. */
export const isLong = (text: string): boolean => text.length > UNITS || text.split('\n', LINES + 1).length > LINES
