const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url')

/** As a server signs it, but for the signature. @param expiresAt epoch milliseconds */
export const tokenUntil = (expiresAt: number, sub = 'an'): string =>
  `${encoded({ alg: 'HS256' })}.${encoded({ sub, name: 'Nguyễn Văn An', exp: expiresAt / 1_000 })}.c2lnbmF0dXJl`
