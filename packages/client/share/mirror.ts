/** A window's copy of the host's state. */
import { initialState, type ClientState } from '../state.ts'
import { applyPatch, type Patch } from './patch.ts'
import type { Copy } from './protocol.ts'

export interface Mirror {
  state(): ClientState
  have(): Copy | null
  /** The whole state, of whichever host. */
  take(copy: Copy, state: ClientState): void
  /** False where it is not the next patch to what is held: then the whole is needed. */
  patch(copy: Copy, patch: Patch): boolean
}

export function createMirror(): Mirror {
  let held = initialState
  let shown = initialState
  let copy: Copy | null = null

  function put(next: Copy, state: ClientState): void {
    copy = next
    held = state
    // A host that begins has read nothing yet: the screen does not go blank for that.
    const isBlank = state.me === null && shown.me !== null && state.connection.kind !== 'ended'
    shown = isBlank ? { ...shown, connection: state.connection } : state
  }

  return {
    state: () => shown,
    have: () => copy,
    take: put,
    patch(next, patch) {
      if (copy === null || next.host !== copy.host || next.number !== copy.number + 1) return false
      put(next, applyPatch(held, patch))
      return true
    },
  }
}
