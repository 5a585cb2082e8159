/** Describes the answers of a route for the document of the API: its success and every problem that it can give. */
import type { TSchema } from 'typebox'
import { Problem } from '../contracts/problem.ts'
import { ref } from '../contracts/schema.ts'
import { type ErrorCode, errorCodes, errorText } from '../errors.ts'
import { problemMediaType, problemStatuses, problemType } from './problem.ts'

/** Problems that every route below `/v1` can give. */
const commonCodes: readonly ErrorCode[] = [
  'token-missing',
  'token-invalid',
  'role-forbidden',
  'service-unavailable',
  'internal-error',
]

/** Problems that every route with a JSON body can give in addition to its own. */
export const jsonBodyCodes: readonly ErrorCode[] = [
  'request-invalid',
  'request-too-large',
  'request-timeout',
  'media-type-unsupported',
]

/** The part of the document that all routes below `/v1` share. */
export const secured = [{ bearer: [] }]

/** Problem answers of a route, grouped by status, each code with an example. */
export function problems(...codes: ErrorCode[]) {
  const byStatus = Map.groupBy([...codes, ...commonCodes], code => problemStatuses[code])
  return Object.fromEntries([...byStatus].map(([status, group]) => [status, describeGroup(group)]))
}

function describeGroup(codes: readonly ErrorCode[]) {
  return {
    description: codes.map(code => `\`${code}\`: ${errorText(code, 'en').title}.`).join(' '),
    content: { [problemMediaType]: { schema: ref(Problem), examples: pointToExamples(codes) } },
  }
}

function pointToExamples(codes: readonly ErrorCode[]) {
  return Object.fromEntries(codes.map(code => [code, { $ref: `#/components/examples/${code}` }]))
}

/** Codes that no described call answers: those of an import's `failure`, and the one for a method that a path does not take. */
const codesOfNoCall: readonly ErrorCode[] = [
  'database-too-slow',
  'import-poisoned',
  'import-source-changed',
  'method-not-allowed',
]

/** An example of every problem that a call can answer, for the components of the document. */
export function exampleProblems() {
  return Object.fromEntries(
    errorCodes
      .filter(code => !codesOfNoCall.includes(code))
      .map(code => [code, { summary: errorText(code, 'en').title, value: exampleProblem(code) }]),
  )
}

function exampleProblem(code: ErrorCode): Problem {
  return {
    type: problemType(code),
    ...errorText(code, 'en'),
    status: problemStatuses[code],
    code,
    instance: '6f1c1f0e-7f0e-4b0c-9f53-0e2a6c3b7d11',
  }
}

/** The schema of an answer with a description, which the document shows beside the status. */
export function answer<T extends TSchema>(schema: T, description: string): T {
  return { ...schema, description }
}
