/** A sort of work that the runner does: what it claims, how the work is done, how it is given back. */

/**
 * How a run ended. After `stopped`, `slow` and `blocked` the job is given back: the process ends, PostgreSQL was too
 * slow for a step of that size, or PostgreSQL is away, overloaded or full. After every other ending the job is over,
 * waits for its next turn, or is another's.
 */
export type Ending = 'completed' | 'failed' | 'lost' | 'waiting' | 'stopped' | 'slow' | 'blocked'

/** What the log says of a sort of work. */
export interface WorkLines {
  readonly claimed: string
  readonly ended: string
  /** The thread of a job died. */
  readonly died: string
  /** of `claimed` and `ended` */
  readonly level: 'info' | 'debug'
}

export interface Work<Claim> {
  readonly lines: WorkLines
  /** jobs of this sort that run at the same time in this process */
  readonly placesMax: number
  /** A claim in the name of `owner`; undefined when nothing is to be done or the caps are reached. */
  claim(owner: string): Promise<Claim | undefined>
  /**
   * Does what was claimed. Once `stopping` aborts it ends after the step in hand, as `stopped`. It rejects when
   * the job took its thread down: that counts as a crash of the job.
   */
  run(claim: Claim, stopping: AbortSignal): Promise<Ending>
  /** Extends the leases of these claims. */
  renew(claims: readonly Claim[]): Promise<void>
  giveBack(claim: Claim, crashed: boolean): Promise<void>
  /** what log lines tell of a claim */
  describe(claim: Claim): Readonly<Record<string, string | number>>
}
