import { beginDatabase } from './app/database.ts'
import type { App, AppOptions } from './app.ts'
import type { Config } from './config/config.ts'
import { loadWebClient } from './http/web-client.files.ts'
import type { Logger } from './shared/logger.ts'

/**
 * Most of a start is loading the program, so the database's thread gets its own part done meanwhile.
 * @throws StartError when the data directory is in use, is newer than this program, or cannot be written
 */
export async function startApp(
  config: Config,
  logger: Logger,
  options: Pick<AppOptions, 'clock' | 'time'> = {},
): Promise<App> {
  const openDatabase = beginDatabase(config, logger)
  const webClient = loadWebClient()
  const { createApp } = await import('./app.ts')
  return await createApp({ config, logger, openDatabase, webClient, ...options })
}
