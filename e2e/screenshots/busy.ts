/** What a server with too much to do answers. */
export const BUSY = { status: 503, json: { success: false, error: { code: 'UNAVAILABLE', message: 'Busy.' } } }
