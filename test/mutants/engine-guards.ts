/** Guards of the engine: claims, leases, the fence, completion. */
import type { Guard } from './guards.ts'

export const engineGuards: readonly Guard[] = [
  {
    name: 'fence: next_row of the batch before',
    file: 'src/storage/imports/batch-writer.ts',
    find: `where id = $1 and epoch = $2 and status = 'running' and next_row = $9`,
    replace: `where id = $1 and epoch = $2 and status = 'running' and $9::int is not null`,
    tests: ['test/imports/run/interrupted.test.ts', 'test/process/crash-points.test.ts'],
  },
]
