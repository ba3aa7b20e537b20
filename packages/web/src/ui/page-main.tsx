/** The main part of a page, where the skip link leads. */
import type { ComponentProps } from 'react'

export const mainId = 'main'

export function PageMain(props: ComponentProps<'main'>) {
  return <main {...props} id={mainId} tabIndex={-1} />
}
