/** What a checker can find. The rules are those of test titles (D1 to D15). */

export type FaultKind =
  /** Acknowledged, seen or kept to be sent, and not in the log. */
  | 'lost'
  | 'doubled'
  | 'disordered'
  /** Another text, another place, or another sender than it had. */
  | 'changed'
  /** A place without a message. */
  | 'gap'
  /** In the log or on a device, and nobody sent it, or the server does not have it. */
  | 'foreign'
  | 'pointer'
  | 'unread'
  /** Refused although nothing was wrong with it; or taken although something was. */
  | 'refused'
  /** Not in step in the time that there was. */
  | 'stuck'

export interface Fault {
  readonly kind: FaultKind
  /** One line, beginning with the rule. */
  readonly text: string
  /** On which device it was found; absent where it is in the server's log. */
  readonly device?: string
}

export function fault(kind: FaultKind, text: string, device?: string): Fault {
  return { kind, text, ...(device !== undefined && { device }) }
}
