/**
 * Owns a proxy before several processes of the service: nginx where it can be had, else a small one of ours. It takes
 * each second those into its list that are ready, as orchestrators do, and sends a request once: it repeats none.
 */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Test } from 'tap'
import { choosePort } from '../../src/embedded/free-port.ts'
import { ensureNginx } from './provision.ts'
import { makeScratchFolder } from './scratch-folder.ts'

const checkMs = 1_000

export interface ProxyOnTrial {
  readonly url: string
  /** `nginx`, or `ours` where there is none */
  readonly kind: string
  /** Looks after this process from now on, until it is gone. */
  add(url: string): void
  /** Resolves when exactly these get requests. */
  sendsTo(urls: readonly string[]): Promise<void>
}

interface Forwarding {
  readonly kind: string
  readonly url: string
  forwardTo(hosts: readonly string[]): Promise<void>
}

export async function startProxy(t: Test): Promise<ProxyOnTrial> {
  const nginx = ensureNginx()
  const forwarding = await (nginx === undefined ? startOurs(t) : startNginx(t, nginx))
  const watched = new Set<string>()
  let current: readonly string[] = []
  const check = async () => {
    const states = await Promise.all(
      [...watched].map(async url => [url, await isReady(url)] as const),
    )
    const ready = states.filter(([, isUp]) => isUp).map(([url]) => url)
    if (ready.join() === current.join()) return
    await forwarding.forwardTo(ready.map(url => new URL(url).host))
    current = ready
  }
  let checking = Promise.resolve()
  const timer = setInterval(() => {
    checking = checking.then(check)
  }, checkMs)
  t.teardown(() => clearInterval(timer))
  return {
    url: forwarding.url,
    kind: forwarding.kind,
    add: url => watched.add(url),
    async sendsTo(urls) {
      while (current.join() !== urls.join()) await sleep(50)
    },
  }
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(checkMs) })).ok
  } catch {
    return false
  }
}

async function startNginx(t: Test, command: string): Promise<Forwarding> {
  const folder = makeScratchFolder(t)
  const port = await choosePort()
  const path = join(folder, 'nginx.conf')
  mkdirSync(join(folder, 'temp'))
  let generation = 0
  const write = (hosts: readonly string[]) => {
    generation += 1
    writeFileSync(path, configure({ folder, port, hosts, generation }))
  }
  write([])
  const args = ['-c', path, '-p', folder, '-e', join(folder, 'error.log')]
  const child = spawn(command, args, { stdio: 'ignore' })
  t.teardown(async () => {
    child.kill('SIGTERM')
    await once(child, 'exit')
  })
  const url = `http://127.0.0.1:${port}`
  const untilInForce = async () => {
    for (let seen = 0; seen < sightings; await sleep(20)) {
      const answer = await fetch(`${url}/generation`).catch(() => undefined)
      seen = (await answer?.text()) === String(generation) ? seen + 1 : 0
    }
  }
  await untilInForce()
  return {
    kind: 'nginx',
    url,
    async forwardTo(hosts) {
      write(hosts)
      spawnSync(command, [...args, '-s', 'reload'])
      await untilInForce()
    },
  }
}

/** For a moment workers of both configurations take connections: seen so often in a row, the new one is alone. */
const sightings = 5

interface NginxOptions {
  readonly folder: string
  readonly port: number
  readonly hosts: readonly string[]
  readonly generation: number
}

/** Connections to the service are kept; a request that fails is not sent to another process. */
function configure({ folder, port, hosts, generation }: NginxOptions): string {
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map(name => `${name}_temp_path ${join(folder, 'temp', name)};`)
    .join(' ')
  const servers = hosts.map(host => `server ${host} max_fails=0;`).join(' ')
  const location =
    hosts.length === 0
      ? 'return 503;'
      : `proxy_pass http://service; proxy_http_version 1.1; proxy_set_header Connection "";
        proxy_request_buffering off; proxy_buffering off; proxy_next_upstream off;`
  return `daemon off; pid ${join(folder, 'nginx.pid')}; worker_processes 1;
    events { worker_connections 512; }
    http { access_log off; ${temp} client_max_body_size 0;
      ${hosts.length > 0 ? `upstream service { ${servers} keepalive 16; }` : ''}
      server { listen 127.0.0.1:${port};
        location = /generation { return 200 ${generation}; }
        location / { ${location} } } }`
}

/** As nginx above: kept connections, no second try. */
async function startOurs(t: Test): Promise<Forwarding> {
  const agent = new Agent({ keepAlive: true })
  let hosts: readonly string[] = []
  let turn = 0
  const server = createServer((incoming, answer) => {
    const host = hosts[turn++ % hosts.length]
    if (host === undefined) return void answer.writeHead(503).end()
    const { method, url: path, headers } = incoming
    const { connection, ...kept } = headers
    const onward = request(`http://${host}${path}`, { method, headers: kept, agent }, response => {
      answer.writeHead(response.statusCode!, response.headers)
      response.pipe(answer)
    })
    onward.on('error', () => (answer.headersSent ? answer.destroy() : answer.writeHead(502).end()))
    incoming.pipe(onward)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    agent.destroy()
    server.closeAllConnections()
    server.close()
  })
  return {
    kind: 'ours',
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async forwardTo(next) {
      hosts = next
    },
  }
}
