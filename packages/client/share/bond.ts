/** How a window stands to the host. */
export type Bond =
  | { readonly kind: 'seeking' }
  | { readonly kind: 'joined'; readonly host: string }
  /** It speaks another protocol: what is written here is given to it, all else waits for the reload. */
  | { readonly kind: 'foreign'; readonly host: string; readonly protocol: number }
  /** Closed or standing still, but it may come back. */
  | { readonly kind: 'away' }
  | { readonly kind: 'over' }
