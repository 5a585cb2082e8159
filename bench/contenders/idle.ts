/** An idle process: the memory that Node takes before anything is read. */
import { measure } from '../contender.ts'

await measure(async () => {})
