import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose'

export type KeyAlgorithm = 'RS256' | 'ES256' | 'EdDSA' | 'PS256'

/** A key pair of which the server publishes the public half. */
export interface SigningKey {
  readonly kid: string | undefined
  /** Signs the claims as they are; nothing is added. */
  sign(claims: JWTPayload): Promise<string>
}

/** An existing system's key server, on a port of its own, whose keys a test changes. */
export class JwksServer implements AsyncDisposable {
  readonly #server: Server
  readonly #published = new Map<SigningKey, JWK>()
  #failing = false
  /** How often the keys were asked for. */
  requests = 0

  private constructor() {
    this.#server = createServer((_request, response) => {
      this.requests += 1
      if (this.#failing) return void response.writeHead(503).end()
      response.writeHead(200, { 'Content-Type': 'application/jwk-set+json' })
      response.end(JSON.stringify({ keys: [...this.#published.values()] }))
    })
  }

  static async start(): Promise<JwksServer> {
    const jwks = new JwksServer()
    await new Promise<void>((resolve) => jwks.#server.listen(0, '127.0.0.1', resolve))
    return jwks
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo
    return `http://127.0.0.1:${port}/jwks.json`
  }

  /** Makes a key and publishes it beside the others. */
  async addKey(algorithm: KeyAlgorithm, kid?: string): Promise<SigningKey> {
    const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true })
    const named = kid === undefined ? {} : { kid }
    const key = {
      kid,
      sign: (claims: JWTPayload) =>
        new SignJWT(claims).setProtectedHeader({ alg: algorithm, ...named }).sign(privateKey),
    }
    this.#published.set(key, { ...(await exportJWK(publicKey)), ...named, alg: algorithm, use: 'sig' })
    return key
  }

  withdraw(key: SigningKey): void {
    this.#published.delete(key)
  }

  /** From now on every request fails, until `recover`. */
  fail(): void {
    this.#failing = true
  }

  recover(): void {
    this.#failing = false
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}
