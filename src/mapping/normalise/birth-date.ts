/** Dates of birth: days on which a person who is alive today may have been born. */
import type { DateNormaliser, DateOutcome } from './date.ts'
import { refusal } from './outcome.ts'

/** Nobody in a list of contacts is older. */
const ageYearsMax = 120

const birthDateImplausible = refusal('birth-date-implausible')

/** Prepares the normaliser that refuses days after `today` (`YYYY-MM-DD`), and too long before it. */
export function prepareBirthDateNormaliser(read: DateNormaliser, today: string): DateNormaliser {
  const earliest = `${Number(today.slice(0, 4)) - ageYearsMax}${today.slice(4)}`
  return cell => {
    const outcome = read(cell)
    const day = dayOf(outcome)
    return day !== null && (day < earliest || day > today) ? birthDateImplausible : outcome
  }
}

function dayOf(outcome: DateOutcome): string | null {
  if (outcome === null || typeof outcome === 'string') return outcome
  return outcome.outcome === 'refused' ? null : outcome.value
}
