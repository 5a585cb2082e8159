/** Owns the service under test: the real one, in this process, on a database of its own. */
import type { Test } from 'tap'
import { loadConfig } from '../../src/config.ts'
import { startService } from '../../src/wire.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'
import { makeScratchFolder } from './scratch-folder.ts'
import { createTestApi, secret, type TestApi } from './test-api.ts'

export * from './test-api.ts'

export type TestService = TestApi & {
  url: string
  database: TestDatabase
  scratchDir: string
  close(): Promise<void>
}

/** Starts the service for `t`, on a database of its own or a given one; closed when `t` ends. */
export async function startTestService(
  t: Test,
  environment: Record<string, string> = {},
  given?: TestDatabase,
): Promise<TestService> {
  const database = given ?? (await createTestDatabase(t))
  const scratchDir = makeScratchFolder(t)
  const config = loadConfig({
    DATABASE_URL: database.url,
    NATS_URL: 'off',
    AUTH_SECRET: secret,
    PORT: '0',
    SCRATCH_DIR: scratchDir,
    LOG_LEVEL: 'silent',
    ...environment,
  })
  const natsUrl = config.natsUrl === 'off' ? undefined : config.natsUrl
  const service = await startService({ config, databaseUrl: database.url, natsUrl })
  t.teardown(() => service.close())
  return {
    url: service.url,
    database,
    scratchDir,
    ...createTestApi(service.url),
    close: () => service.close(),
  }
}
