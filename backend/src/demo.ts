import { randomBytes } from 'node:crypto'
import { createApp } from './app.ts'
import { DemoClock } from './demo/demo-clock.ts'
import { fillDemo } from './demo/fill.ts'
import { PEOPLE } from './demo/people.ts'
import { runServerProcess } from './server-process.ts'

const password = randomBytes(12).toString('base64url')

await runServerProcess({
  create: async (config, logger) => {
    const clock = new DemoClock()
    const app = await createApp({ config, logger, clock })
    try {
      await fillDemo(app.services, clock, password)
    } catch (error) {
      await app.close()
      throw error
    }
    return app
  },
  announce: async (_app, url) => [
    `Lectern is at ${url}, with a week of talk in three courses. The password of everybody, shown this once: ${password}`,
    ...Object.values(PEOPLE).map(({ role, name, email }) => `  ${role.padEnd(8)} ${email.padEnd(22)} ${name}`),
    `Sign in: curl ${url}/api/v1/auth/login -H 'Content-Type: application/json' -d '{"email":"${PEOPLE.hanh.email}","password":"${password}"}'`,
    `What there is to call: ${url}/api/docs`,
  ],
})
