/** Whether more may come soon: while a connection is made and what is held is compared, it is too early to give up. */
export interface Settled {
  /** It is being connected, or compared. */
  begin(): void
  /** What is held was compared, or cannot be for now. */
  end(): void
  /** Resolves with the next `end`; false at once where nothing is under way. */
  wait(): Promise<boolean>
}

export function createSettled(): Settled {
  let underWay: PromiseWithResolvers<boolean> | null = null
  return {
    begin() {
      underWay ??= Promise.withResolvers()
    },
    end() {
      underWay?.resolve(true)
      underWay = null
    },
    wait: async () => underWay?.promise ?? false,
  }
}
