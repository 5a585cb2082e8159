/** Numbers that nobody has: typed so that a form lets its reader go on. They are valid, and doubtful. */

const oneDigit = /^(\d)\1+$/
const oneGroup = /^(\d{3})\1{2,}$/
const onePair = /^(\d{2})\1{3,}\d?$/
const zerosAtEnd = /^\d{1,3}0{7,}$/
const rising = '01234567890'
const falling = '09876543210'
const runLengthMin = 8

/**
 * Whether a number looks made up: one digit, pair or group of three throughout, digits that count up or down,
 * zeros at the end. `e164` has its national number from `nationalAt` on.
 */
export function isDummyPhone(e164: string, nationalAt: number): boolean {
  const last = e164.length - 1
  if (last - nationalAt + 1 < runLengthMin) return false
  const step = e164.charCodeAt(last) - e164.charCodeAt(last - 1)
  const isRun = step === 1 || step === -1 || step === 9 || step === -9
  const mayRepeat = step === 0 || e164.charCodeAt(last) === e164.charCodeAt(last - 3)
  const mayPair =
    e164.charCodeAt(last) === e164.charCodeAt(last - 2) &&
    e164.charCodeAt(last - 1) === e164.charCodeAt(last - 3)
  if (!isRun && !mayRepeat && !mayPair) return false
  const national = e164.slice(nationalAt)
  if (isRun && (rising.includes(national) || falling.includes(national))) return true
  if (mayPair && onePair.test(national)) return true
  return oneDigit.test(national) || zerosAtEnd.test(national) || oneGroup.test(national)
}
