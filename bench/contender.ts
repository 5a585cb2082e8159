/**
 * Runs one reader in this process and prints what it cost: the frame that every contender uses,
 * so that all are measured alike. Loading of modules lies before the clock starts.
 */

export interface Tally {
  rows: number
  cells: number
  /** Touches the value, so that no reader gets away with one it never made. */
  addCell(value: unknown): void
}

/** One line of JSON on standard output. Times in seconds, memory in bytes. */
export interface Measurement {
  rows: number
  cells: number
  seconds: number
  cpuSeconds: number
  rssPeakBytes: number
}

/** Reads the file named on the command line with `read` and prints the measurement. */
export async function measure(read: (path: string, tally: Tally) => Promise<void>): Promise<void> {
  const path = process.argv[2]!
  let characters = 0
  const tally: Tally = {
    rows: 0,
    cells: 0,
    addCell: value => {
      if (value === null || value === undefined || value === '') return
      tally.cells += 1
      if (typeof value === 'string') characters += value.length
    },
  }
  const cpuBefore = process.cpuUsage()
  const start = performance.now()
  await read(path, tally)
  const seconds = (performance.now() - start) / 1000
  const cpu = process.cpuUsage(cpuBefore)
  const measurement: Measurement = {
    rows: tally.rows,
    cells: tally.cells,
    seconds,
    cpuSeconds: (cpu.user + cpu.system) / 1_000_000,
    rssPeakBytes: process.resourceUsage().maxRSS * 1024,
  }
  console.log(JSON.stringify({ ...measurement, characters }))
}
