import { createApp } from './app.ts'
import { runServerProcess } from './server-process.ts'

await runServerProcess({
  create: (config, logger) => createApp({ config, logger }),
  announce: async (app, url) => {
    void app.warmUp()
    const setUpPath = await app.setUpPath()
    const lines = [`Lectern is at ${url}`]
    return setUpPath === undefined ? lines : [...lines, `Make the first administrator: ${url}${setUpPath}`]
  },
})
