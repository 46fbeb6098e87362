import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { startBrowser } from '../rig/browser.ts'
import { startServerProcess } from '../rig/server-process.ts'
import { signToken } from '../rig/tokens.ts'
import { bundle, startLmsPage } from './lms-page.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** The documentation's WebRTC example, to the letter, but for the server's address and the token. */
async function example(address: string, token: string): Promise<string> {
  const text = await readFile(join(ROOT, 'docs/classes.md'), 'utf8')
  const [, code] = /```typescript\n([\s\S]*?)```/.exec(text) ?? []
  if (code === undefined) throw new Error('docs/classes.md has no typescript example.')
  return code.replaceAll('http://localhost:3000', address).replaceAll('your-jwt-token', token)
}

/** What the example leaves to its page: a library, and something for the connection to carry. */
const john = (code: string): string => `
import io from 'socket.io-client'
const { RTCPeerConnection: Peer } = window
window.RTCPeerConnection = class extends Peer {
  constructor(configuration) {
    super(configuration)
    this.createDataChannel('talk')
    window.peer = this
  }
}
${code}
`

/** Who is called: answers once its candidates are in the answer, since the example listens to no others. */
const target = (address: string, token: string): string => `
import io from 'socket.io-client'
const socket = io('${address}', { auth: { token: '${token}' } })
const peer = new RTCPeerConnection()
const sessionId = 'session-id'
const heard = []
window.class = { peer, heard }
const gathered = new Promise((resolve) => {
  peer.onicegatheringstatechange = () => peer.iceGatheringState === 'complete' && resolve()
})
socket.onAny((event, payload) => heard.push([event, payload]))
socket.on('webrtc:offer_received', async ({ fromUserId, offer }) => {
  await peer.setRemoteDescription(offer)
  await peer.setLocalDescription()
  await gathered
  socket.emit('webrtc:answer', { sessionId, targetUserId: fromUserId, answer: peer.localDescription })
})
socket.on('webrtc:ice_candidate_received', async ({ candidate }) => {
  await described
  await peer.addIceCandidate(candidate)
})
const described = new Promise((resolve) => {
  peer.onsignalingstatechange = () => peer.remoteDescription !== null && resolve()
})
socket.emit('webrtc:join_session', { sessionId }, () => document.body.append('ready'))
`

it("the original's WebRTC example, as it stands, connects two pages", async () => {
  await using lms = await startLmsPage()
  await using server = await startServerProcess({ environment: { ALLOWED_ORIGINS: lms.url } })
  await using browser = await startBrowser({ whole: true })
  await using called = await browser.person()
  await using caller = await browser.person()
  const tokenOf = (sub: string, role: 'teacher' | 'student') =>
    signToken({ sub, courses: { 'course-id': role }, sessions: { 'session-id': 'course-id' } })

  lms.serve({ script: await bundle(target(server.url, tokenOf('target-user-id', 'teacher'))) })
  await called.page.goto(lms.url)
  await called.page.getByText('ready').waitFor()

  lms.serve({ script: await bundle(john(await example(server.url, tokenOf('john', 'student')))) })
  await caller.page.goto(lms.url)
  await caller.page.waitForFunction('window.peer?.connectionState === "connected"')
  await called.page.waitForFunction('window.class.heard.some(([event]) => event === "webrtc:user_audio_toggled")')

  const heard = await called.page.evaluate('window.class.heard')
  expect(heard).toContainEqual([
    'webrtc:user_joined',
    expect.objectContaining({ userId: 'john', displayName: 'John Doe', role: 'student' }),
  ])
  expect(heard).toContainEqual([
    'webrtc:user_audio_toggled',
    { sessionId: 'session-id', userId: 'john', enabled: false, by: 'john' },
  ])
  expect([...caller.errors, ...called.errors]).toEqual([])
})
