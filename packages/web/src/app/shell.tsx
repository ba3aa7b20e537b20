/** The house of the page: rail or tabs, the list, and what was chosen from it. */
import { useState, type CSSProperties } from 'react'
import { Redirect, Route, Switch, useLocation } from 'wouter'
import { AddDialog } from '../contacts/add-dialog.tsx'
import { ContactsPage } from '../contacts/contacts-page.tsx'
import { ImportDialog } from '../contacts/import-dialog.tsx'
import type { Locale } from '../i18n/locale.ts'
import { MessagesPage } from '../messages/messages-page.tsx'
import { totalUnread } from '../messages/order.ts'
import { m } from '../paraglide/messages.js'
import { useClientState } from '../session/use-session.tsx'
import { WelcomeDialog } from '../session/welcome-dialog.tsx'
import { SettingsPage } from '../settings/settings-page.tsx'
import { useNarrow } from '../ui/use-media-query.ts'
import { Announcer } from './announcer.tsx'
import { KeysDialog } from './keys-dialog.tsx'
import { usePreferences } from './preferences.ts'
import { Rail } from './rail.tsx'
import styles from './shell.module.css'
import { SkipLink } from './skip-link.tsx'
import { TopLines } from './top-lines.tsx'
import { ShellContext, type ShellDialog } from './use-shell.ts'
import { useKeys } from './use-keys.ts'
import { product, useTitleBadge } from './use-title-badge.ts'

interface ShellProps {
  readonly locale: Locale
  readonly isNew: boolean
}

export function Shell({ locale, isNew }: ShellProps) {
  const { listWidth } = usePreferences()
  const narrow = useNarrow()
  const [path] = useLocation()
  const [dialog, setDialog] = useState<ShellDialog>({ kind: 'none' })
  useKeys(setDialog)
  useTitleBadge(
    product,
    useClientState((state) => totalUnread(state.conversations)),
  )

  // On a narrow screen a chat or a profile is a page of its own, pushed over the tabs.
  const pushed = narrow && /^\/(c\/-?|contacts\/)\d+$/.test(path)
  const close = () => setDialog({ kind: 'none' })
  return (
    <ShellContext value={setDialog}>
      <div className={styles.shell} lang={locale} style={{ '--list-width': `${listWidth}px` } as CSSProperties}>
        <SkipLink />
        <TopLines />
        <Rail hidden={pushed} />
        <Switch>
          <Route path="/contacts/:number?">
            {({ number }) => <ContactsPage chosen={number === undefined ? null : Number(number)} />}
          </Route>
          <Route path="/settings">
            <SettingsPage />
          </Route>
          <Route path="/c/:id">{({ id }) => <MessagesPage chosen={Number(id)} />}</Route>
          <Route path="/">
            <MessagesPage chosen={null} />
          </Route>
          <Route>
            <Redirect to="/" replace />
          </Route>
        </Switch>
      </div>
      <Announcer />
      <AddDialog open={dialog.kind === 'add'} query={dialog.kind === 'add' ? dialog.query : ''} onClose={close} />
      <ImportDialog file={dialog.kind === 'import' ? dialog.file : null} onClose={close} />
      <KeysDialog open={dialog.kind === 'keys'} onClose={close} label={m.keys_title()} />
      <WelcomeDialog open={isNew} />
    </ShellContext>
  )
}
