/** Who calls: the verified claims of a token. */

export const roles = ['admin', 'manager', 'agent'] as const
export type Role = (typeof roles)[number]

export interface Caller {
  readonly tenantId: string
  /** claim `sub` */
  readonly subject: string
  readonly roles: readonly Role[]
  /** tells tokens apart and gives none away: two tokens never have the same */
  readonly tokenId: string
  /** claim `exp`, seconds since the epoch; null when the token does not expire */
  readonly expiresAt: number | null
}
