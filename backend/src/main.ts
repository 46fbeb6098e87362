import { createApp } from './app.ts'
import { loadWebClient } from './http/web-client.files.ts'
import { runServerProcess } from './server-process.ts'

await runServerProcess({
  create: async (config, logger) => createApp({ config, logger, webClient: await loadWebClient() }),
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
