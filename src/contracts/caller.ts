/** The caller of a request: the verified claims of its token. */

export const roles = ['admin', 'manager', 'agent'] as const
export type Role = (typeof roles)[number]

export interface Caller {
  readonly tenantId: string
  /** claim `sub` */
  readonly subject: string
  readonly roles: readonly Role[]
  /** a hash that differs from token to token and reveals none */
  readonly tokenId: string
  /** claim `exp`, seconds since the epoch; null when the token does not expire */
  readonly expiresAt: number | null
}
