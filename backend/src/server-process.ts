import { type Config, loadConfig } from './config/config.ts'
import { readEnvironment } from './config/env.ts'
import { createLogger, type Logger } from './shared/logger.ts'
import { StartError } from './shared/start-error.ts'

/** Whoever stops a service gives it 10 s before they kill it; this leaves time to say that it was not enough. */
const STOP_WITHIN_MS = 9_500
/** Terminals and systemd signal every process of a group, and npm hands on what it got: one signal arrives twice. */
const SAME_SIGNAL_MS = 500

export interface ProcessServer {
  /** @returns the URL that a browser on this machine opens */
  listen(): Promise<string>
  /** Finishes what was accepted. */
  close(): Promise<void>
}

export interface ServerProcess<Server extends ProcessServer> {
  readonly create: (config: Config, logger: Logger) => Promise<Server>
  /** Lines for whoever started it, on standard error: standard output is the log's. */
  readonly announce: (server: Server, url: string) => Promise<readonly string[]>
}

/** Runs a server as this process, until a signal ends it: exit 0. What its operator can mend is one line and exit 78, a defect exit 1. */
export async function runServerProcess<Server extends ProcessServer>(parts: ServerProcess<Server>): Promise<void> {
  try {
    await start(parts)
  } catch (error) {
    if (!(error instanceof StartError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(error.exitCode)
  }
}

async function start<Server extends ProcessServer>(parts: ServerProcess<Server>): Promise<void> {
  const config = loadConfig(readEnvironment(process.cwd()))
  const logger = createLogger(config.logLevel)
  // Rejections that nobody handles arrive here too. The state is unknown then: a new process knows its own.
  process.once('uncaughtException', (error) => {
    logger.fatal({ err: error }, 'uncaught')
    process.exit(1)
  })
  const started = listen(parts, config, logger)
  onStopSignal((signal) => stop(started, signal, logger))
  await started
}

async function listen<Server extends ProcessServer>(
  { create, announce }: ServerProcess<Server>,
  config: Config,
  logger: Logger,
): Promise<Server> {
  const server = await create(config, logger)
  try {
    const url = await server.listen()
    const lines = await announce(server, url)
    logger.info({ url, pid: process.pid }, 'listening')
    // On a terminal both streams are one: the lines stand apart from the log.
    process.stderr.write(`\n${lines.join('\n')}\n\n`)
    return server
  } catch (error) {
    await server.close()
    throw error
  }
}

/** A second signal is somebody's who does not want to wait; what follows the first at once is the same one, passed on by npm. */
function onStopSignal(act: (signal: NodeJS.Signals) => Promise<void>): void {
  let firstAt: number | undefined
  const receive = (signal: NodeJS.Signals) => {
    if (firstAt === undefined) {
      firstAt = performance.now()
      void act(signal)
    } else if (performance.now() - firstAt > SAME_SIGNAL_MS) {
      process.exit(1)
    }
  }
  process.on('SIGTERM', receive)
  process.on('SIGINT', receive)
}

/** What is being started is started first, and then stopped: it may have taken something on by then. */
async function stop(started: Promise<ProcessServer>, signal: NodeJS.Signals, logger: Logger): Promise<void> {
  logger.info({ signal }, 'stopping')
  setTimeout(() => {
    logger.fatal({ ms: STOP_WITHIN_MS }, 'did not stop in time')
    process.exit(1)
  }, STOP_WITHIN_MS).unref()
  try {
    const server = await started
    await server.close()
    logger.info('stopped')
    process.exit(0)
  } catch (error) {
    logger.fatal({ err: error }, 'did not stop cleanly')
    process.exit(1)
  }
}
