/**
 * What windows and their host say to each other, all on one channel. `host`, `pong`, `candidate`, `gone`, `enter`,
 * `ping`, `leave`, `send` and `has` keep their form for ever: builds of any age understand each other so far that the
 * newer one takes over and nothing written in an old window is lost. Whoever changes the others, or the state, raises
 * `shareProtocol`.
 */
import type { OperationName, Sendable } from '@rookery/protocol'
import type { Arrangement, ClientState } from '../state.ts'
import type { Patch } from './patch.ts'

export const shareProtocol = 2

export const channelName = (number: number) => `rookery-${number}`
export const lockName = (number: number) => `rookery-host-${number}`

/** Milliseconds: a window is told of changes at most this often. */
export const patchEvery = 16
/** A window in sight pings this often. */
export const pingEvery = 5_000
/** A ping without an answer for so long is a missed one; after two the host counts as lost. */
export const pingDeadline = 3_000
/** A window in sight that has not pinged for so long is gone. */
export const forgetAfter = 15_000
/** What was asked of a lost host is asked of the next one, if it comes by then. */
export const nextHostDeadline = 15_000

/** Made anew each time somebody begins to host. */
export interface HostIdentity {
  readonly host: string
  readonly build: number
  readonly protocol: number
}

/** What a window holds: the state of this host, up to the patch of this number. */
export interface Copy {
  readonly host: string
  readonly number: number
}

/** A message that was written in a window. Hosts before protocol 2 know the text only. */
export interface Written {
  readonly id: string
  readonly conversation: number
  readonly text: string
  /** Absent where the text is all there is to it. */
  readonly body?: Sendable
}

export function toWritten(id: string, conversation: number, body: Sendable): Written {
  const isPlain = body.kind === 'text' && Object.keys(body).length === 2
  const text = body.kind === 'text' ? body.text : ''
  return isPlain ? { id, conversation, text } : { id, conversation, text, body }
}

export function bodyOf({ text, body }: Written): Sendable {
  return body ?? { kind: 'text', text }
}

/** Whether a host of that protocol takes it as it was meant. */
export function mayTake(protocol: number, { body }: Written): boolean {
  return body === undefined || protocol >= 2
}

/** Answered by the host; asked again of the next one. */
export type Ask =
  | { readonly kind: 'call'; readonly name: OperationName; readonly input: unknown }
  | {
      readonly kind: 'loadOlder' | 'loadNewer' | 'leaveAround' | 'members' | 'leaveMembers'
      readonly conversation: number
    }
  | { readonly kind: 'loadAround'; readonly conversation: number; readonly seq: number }
  | { readonly kind: 'arrange'; readonly conversation: number; readonly change: Arrangement }
  | { readonly kind: 'retry'; readonly conversation: number; readonly id: string }
  | { readonly kind: 'discard'; readonly conversation: number; readonly id: string }

/** Not answered. */
export type Tell =
  | { readonly kind: 'typing'; readonly conversation: number }
  | { readonly kind: 'rest'; readonly resting: boolean }
  | { readonly kind: 'read'; readonly conversation: number; readonly seq: number }
  | { readonly kind: 'wake' }
  | Wish

/** Something that is drawn and not known. */
export type Wish =
  | { readonly kind: 'quoted'; readonly conversation: number; readonly seq: number }
  | { readonly kind: 'know'; readonly number: number; readonly conversation: number | null }

export type WindowMessage =
  /** A client was opened: a host that rests after the end of a session begins again. */
  | { readonly kind: 'enter'; readonly from: string }
  /** Says all that the host knows of a window, so that any one of them is enough. Answered by `state` or `pong`. */
  | {
      readonly kind: 'ping'
      readonly from: string
      readonly protocol: number
      readonly visible: boolean
      readonly look: readonly number[]
      readonly have: Copy | null
    }
  | { readonly kind: 'send'; readonly to: string; readonly from: string; readonly message: Written }
  | { readonly kind: 'ask'; readonly to: string; readonly from: string; readonly id: string; readonly ask: Ask }
  | { readonly kind: 'tell'; readonly to: string; readonly from: string; readonly tell: Tell }
  | { readonly kind: 'leave'; readonly from: string }

/** Why a host serves no longer. `superseded`: by a newer build; `empty`: no window is left. */
export type Farewell = 'ended' | 'deposed' | 'superseded' | 'empty' | 'stopped'

export type HostMessage =
  /** Somebody began to host. */
  | ({ readonly kind: 'host' } & HostIdentity)
  | ({ readonly kind: 'pong'; readonly to: string; readonly number: number } & HostIdentity)
  | ({
      readonly kind: 'state'
      readonly to: string
      readonly number: number
      readonly state: ClientState
    } & HostIdentity)
  | { readonly kind: 'patch'; readonly host: string; readonly number: number; readonly patch: Patch }
  | { readonly kind: 'answer'; readonly to: string; readonly id: string; readonly answer: unknown }
  /** The host has these messages; they stand in the state that was told before this. */
  | { readonly kind: 'has'; readonly host: string; readonly ids: readonly string[] }
  | { readonly kind: 'gone'; readonly host: string; readonly why: Farewell }

export type ShareMessage =
  | WindowMessage
  | HostMessage
  /** Somebody of this build waits for the lock: a host of an older one is to step down. */
  | { readonly kind: 'candidate'; readonly build: number }
