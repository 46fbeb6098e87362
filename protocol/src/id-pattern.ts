/** What any id looks like, an existing system's own too. */
export const ID_PATTERN = /^[A-Za-z0-9._:@+|=~-]{1,128}$/
