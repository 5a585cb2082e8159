/**
 * Reads pages of one list from a thread of its own: a fixed page, or each next one after the last.
 * Answers how long each request took, how many items the first page had, and how many pages were short.
 */
import { parentPort, workerData } from 'node:worker_threads'
import type { ContactPage } from '../../src/contracts/contact.ts'

export interface PageTask {
  readonly url: string
  readonly token: string
  readonly requests: number
  readonly warmUps: number
  /** whether each request is for the page after the last one, from the start again behind the end */
  readonly follows: boolean
}

export interface PageTimes {
  readonly samplesMs: number[]
  readonly firstItems: number
}

const { url, token, requests, warmUps, follows } = workerData as PageTask
const samplesMs: number[] = []
let firstItems: number | undefined
let cursor: string | null = null
for (let request = -warmUps; request < requests; request += 1) {
  const begin = performance.now()
  const response = await fetch(
    cursor === null ? url : `${url}&cursor=${encodeURIComponent(cursor)}`,
    { headers: { authorization: `Bearer ${token}` } },
  )
  const text = await response.text()
  const ms = performance.now() - begin
  if (!response.ok) throw new Error(`${url}: ${response.status} ${text}`)
  const page: ContactPage = JSON.parse(text)
  firstItems ??= page.items.length
  if (request >= 0) samplesMs.push(ms)
  if (follows) cursor = page.nextCursor
}
parentPort!.postMessage({ samplesMs, firstItems: firstItems ?? 0 } satisfies PageTimes)
