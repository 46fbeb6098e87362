import { runServerProcess } from './server-process.ts'
import { startApp } from './start-app.ts'

await runServerProcess({
  create: startApp,
  announce: async (app, url) => {
    void app.warmUp()
    const setUpPath = await app.setUpPath()
    if (setUpPath === undefined) return [`Lectern is ready. Open ${url}`]
    return [
      `Lectern is ready at ${url}`,
      'There is no administrator yet. Make the first by this link, which works once:',
      `  ${url}${setUpPath}`,
    ]
  },
})
