/** The middle pane: search, the add button, and a list below. On a narrow screen it is the whole page. */
import type { ReactNode } from 'react'
import { PageMain } from '../ui/page-main.tsx'
import { AddMenu } from './add-menu.tsx'
import styles from './list-pane.module.css'
import { PaneHandle } from './pane-handle.tsx'
import { SearchField } from './search-field.tsx'
import { useNarrow } from '../ui/use-media-query.ts'

interface ListPaneProps {
  readonly title: string
  readonly query: string
  readonly onQuery: (query: string) => void
  /** Further tools, after the add button. */
  readonly tools?: ReactNode
  readonly children: ReactNode
}

export function ListPane({ title, query, onQuery, tools, children }: ListPaneProps) {
  const narrow = useNarrow()
  const content = (
    <>
      <div className={styles.tools}>
        <SearchField query={query} onQuery={onQuery} />
        <AddMenu />
        {tools}
      </div>
      {children}
    </>
  )
  if (narrow) {
    return (
      <PageMain className={styles.page}>
        <h1 className="visually-hidden">{title}</h1>
        {content}
      </PageMain>
    )
  }
  return (
    <section className={styles.pane} aria-label={title}>
      {content}
      <PaneHandle />
    </section>
  )
}
