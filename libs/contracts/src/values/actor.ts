/** Who acts: a person, one of our services, or nobody we know. */
import { Type, type Static } from 'typebox'
import { Language } from './language.ts'

export const Role = Type.Union([
  Type.Literal('customer'),
  Type.Literal('manager'),
  Type.Literal('billing'),
  Type.Literal('agent'),
  Type.Literal('finance'),
  Type.Literal('admin'),
  Type.Literal('operator'),
])
export type Role = Static<typeof Role>

export const AccountActor = Type.Object({
  kind: Type.Literal('account'),
  accountId: Type.String(),
  /** null: staff of the house. */
  companyId: Type.Union([Type.String(), Type.Null()]),
  roles: Type.Array(Role),
  name: Type.String(),
  email: Type.String(),
  language: Language,
})
export type AccountActor = Static<typeof AccountActor>

/** Timers and handlers act as their service. */
export const ServiceActor = Type.Object({ kind: Type.Literal('service'), service: Type.String() })
export type ServiceActor = Static<typeof ServiceActor>

/** Not signed in: may sign in, activate, ask for a password reset, nothing else. */
export const Stranger = Type.Object({ kind: Type.Literal('stranger') })
export type Stranger = Static<typeof Stranger>

export const Actor = Type.Union([AccountActor, ServiceActor, Stranger])
export type Actor = Static<typeof Actor>
