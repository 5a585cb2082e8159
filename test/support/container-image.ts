/**
 * Owns a container image without a container engine: takes the steps of a Dockerfile in plain folders, one for
 * each stage. A stage's files lie below its folder as they would below `/`; its Node is the one that runs the tests.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

export type Image = {
  baseImage: string
  /** Where the command runs. */
  folder: string
  env: Record<string, string>
  user: string
  command: string[]
  healthcheck: string[]
}

type Stage = Image & { root: string; name: string; workDir: string }

export type BuildOptions = {
  /** The build context, which holds the Dockerfile and .dockerignore. */
  context: string
  /** An empty folder for the stages. */
  folder: string
  /** Of the commands of the build. */
  env: Record<string, string>
}

/** Takes every step; the last stage is the image. Throws at an instruction it does not know. */
export function buildImage(options: BuildOptions): Image {
  const stages: Stage[] = []
  for (const [word, rest] of readInstructions(join(options.context, 'Dockerfile'))) {
    if (word === 'FROM') {
      stages.push(openStage(rest, options, stages.length))
      continue
    }
    const take = instructions[word]
    const stage = stages.at(-1)
    if (!take || !stage) throw new Error(`${word} ${rest}: this build does not know it`)
    take(stage, rest, { ...options, stages })
  }
  return stages.at(-1)!
}

type Take = (stage: Stage, rest: string, build: BuildOptions & { stages: Stage[] }) => void

const instructions: Readonly<Record<string, Take>> = {
  WORKDIR(stage, rest) {
    stage.workDir = resolve(stage.workDir, rest)
    stage.folder = join(stage.root, stage.workDir)
    mkdirSync(stage.folder, { recursive: true })
  },
  ENV(stage, rest) {
    for (const [, name, value] of rest.matchAll(/(\w+)=(\S+)/g)) stage.env[name!] = value!
  },
  COPY(stage, rest, { context, stages }) {
    const [, from, paths] = /^(?:--from=(\S+) )?(.*)$/.exec(rest)!
    const names = paths!.split(/\s+/)
    const target = names.pop()!
    const source = stages.find(({ name }) => name === from)
    for (const name of names) {
      if (!from) requireInContext(context, name)
      const into = target.endsWith('/') ? join(target, name) : target
      cpSync(join(source ? source.root : context, name), join(stage.folder, into), {
        recursive: true,
        verbatimSymlinks: true,
      })
    }
  },
  RUN(stage, rest, { env }) {
    const { status, stderr } = spawnSync('sh', ['-ec', rest], {
      cwd: stage.folder,
      env: { ...env, ...stage.env },
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(`RUN ${rest}\n${stderr}`)
  },
  USER(stage, rest) {
    stage.user = rest
  },
  EXPOSE() {},
  HEALTHCHECK(stage, rest) {
    stage.healthcheck = JSON.parse(rest.replace(/^.*?CMD /, ''))
  },
  CMD(stage, rest) {
    stage.command = JSON.parse(rest)
  },
}

function openStage(rest: string, { folder }: BuildOptions, index: number): Stage {
  const [baseImage, , name] = rest.split(/\s+/)
  const root = join(folder, `stage-${index}`)
  mkdirSync(root)
  return {
    baseImage: baseImage!,
    name: name ?? String(index),
    root,
    folder: root,
    workDir: '/',
    env: {},
    user: 'root',
    command: [],
    healthcheck: [],
  }
}

function readInstructions(path: string): [word: string, rest: string][] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter(line => line.trim() !== '' && !line.startsWith('#'))
    .map(line => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1).trim()])
}

/** Here everything is ignored that .dockerignore does not name with `!`. */
function requireInContext(context: string, name: string): void {
  const lines = readFileSync(join(context, '.dockerignore'), 'utf8').split('\n')
  const top = dirname(name) === '.' ? name : name.split('/')[0]
  if (!lines.includes('*') || !lines.includes(`!${top}`)) {
    throw new Error(`.dockerignore keeps ${name} out of the build`)
  }
}
