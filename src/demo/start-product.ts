/** Brings up the whole product for the demo, as `npm start` does, with a token to call it. */
import { type Config, loadConfig, processEnvironment } from '../config.ts'
import { provideServers } from '../embedded/embedded-servers.ts'
import { signToken } from '../http/sign-token.ts'
import { startService } from '../wire.ts'
import { DemoError } from './texts.ts'

export interface Product {
  url: string
  /** Of an admin of the demo's tenant. */
  token: string
  config: Config
  close(): Promise<void>
}

export const demoTenant = 'demo'
const tokenTtlSeconds = 12 * 3600

/** Calls `tell` with a line for each server that it starts. Throws the fault that the user has to correct. */
export async function startProduct(tell: (line: string) => void): Promise<Product> {
  // The service's log would write between the lines of the demo; warnings are still shown.
  const config = loadConfig({ LOG_LEVEL: 'warn', ...processEnvironment() })
  if (config.auth.jwksUrl !== undefined) throw new DemoError('secret-missing')
  const servers = await provideServers(config, tell)
  try {
    const token = await signDemoToken(servers.config)
    const service = await startService(servers)
    const close = async () => {
      try {
        await service.close()
      } finally {
        await servers.stop()
      }
    }
    return { url: service.url, token, config, close }
  } catch (fault) {
    await servers.stop()
    throw fault
  }
}

function signDemoToken({ auth }: Config): Promise<string> {
  const { secret, issuer, audience, tenantClaim, rolesClaim } = auth
  if (secret === undefined) throw new DemoError('secret-missing')
  return signToken(secret, {
    tenant: demoTenant,
    roles: ['admin'],
    subject: 'demo',
    ttlSeconds: tokenTtlSeconds,
    tenantClaim,
    rolesClaim,
    ...(issuer !== undefined && { issuer }),
    ...(audience !== undefined && { audience }),
  })
}
