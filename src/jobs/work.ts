/** A sort of work for the runner: how to claim a job, how to do it, how to give it back. */

/**
 * How a run ended. After `stopped` (the process ends), `slow` (PostgreSQL was too slow for a step of that size) and
 * `blocked` (PostgreSQL is away, overloaded or full) the runner gives the job back. After every other ending the job is
 * over, waits for its next turn, or belongs to another worker.
 */
export type Ending = 'completed' | 'failed' | 'lost' | 'waiting' | 'stopped' | 'slow' | 'blocked'

/** What the log says of a sort of work. */
export interface WorkLines {
  readonly claimed: string
  readonly ended: string
  /** The thread of a job died. */
  readonly died: string
  /** level of the lines `claimed` and `ended` */
  readonly level: 'info' | 'debug'
}

export interface Work<Claim> {
  readonly lines: WorkLines
  /** jobs of this sort that run at the same time in this process */
  readonly placesMax: number
  /** Claims a job in the name of `owner`; undefined when nothing is to be done or the caps are reached. */
  claim(owner: string): Promise<Claim | undefined>
  /**
   * Does the claimed job. Once `stopping` aborts, it ends after the step in hand, as `stopped`. It rejects when the job
   * took its thread down, which counts as a crash of the job.
   */
  run(claim: Claim, stopping: AbortSignal): Promise<Ending>
  /** Extends the leases of these claims. */
  renew(claims: readonly Claim[]): Promise<void>
  /** Gives the job back at once; `crashed` when its run rejected. */
  giveBack(claim: Claim, crashed: boolean): Promise<void>
  /** the members that log lines name a claim by */
  describe(claim: Claim): Readonly<Record<string, string | number>>
}
