import { randomBytes } from 'node:crypto'
import { DemoClock, demoTime } from './demo/demo-clock.ts'
import { fillDemo } from './demo/fill.ts'
import { PEOPLE } from './demo/people.ts'
import { runServerProcess } from './server-process.ts'
import { startApp } from './start-app.ts'

const password = randomBytes(12).toString('base64url')

await runServerProcess({
  create: async (config, logger) => {
    const clock = new DemoClock()
    const app = await startApp(config, logger, { clock, time: demoTime(clock) })
    try {
      await fillDemo(app.services, clock, password)
    } catch (error) {
      await app.close()
      throw error
    }
    return app
  },
  announce: async (_app, url) => [
    'Lectern is ready, with a week of talk in three courses, and a class that was held.',
    `Open ${url} and sign in as one of these. The password of everybody, shown this once: ${password}`,
    ...Object.values(PEOPLE).map(({ role, name, email }) => `  ${role.padEnd(8)} ${email.padEnd(22)} ${name}`),
    `What there is to call: ${url}/api/docs`,
  ],
})
