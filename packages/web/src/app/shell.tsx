/** The house of the page: rail or tabs, the list, and what was chosen from it. */
import { useState, type CSSProperties } from 'react'
import { Redirect, Route, Switch, useLocation, useRoute } from 'wouter'
import type { Locale } from '../i18n/locale.ts'
import { MessagesPage } from '../messages/messages-page.tsx'
import { totalUnread } from '../messages/order.ts'
import { useClientState } from '../session/use-session.tsx'
import { WelcomeDialog } from '../session/welcome-dialog.tsx'
import { Toasts } from '../ui/toast.tsx'
import { useNarrow } from '../ui/use-media-query.ts'
import { Announcer } from './announcer.tsx'
import { usePreferences } from './preferences.ts'
import { Rail } from './rail.tsx'
import styles from './shell.module.css'
import { SkipLink } from './skip-link.tsx'
import { TopLines } from './top-lines.tsx'
import { ShellContext, type ShellDialog } from './use-shell.ts'
import { useKeys } from './use-keys.ts'
import { product, useTitleBadge } from './use-title-badge.ts'
import { useFirstScreen } from '../ui/first-screen.ts'
import { useMessagesHere } from '../messages/use-messages-here.ts'
import { later, laterPage } from '../ui/later.tsx'

const GroupPage = laterPage(async () => (await import('../groups/group-page.tsx')).GroupPage)

const ContactsPage = laterPage(async () => (await import('../contacts/contacts-page.tsx')).ContactsPage)

const SettingsPage = laterPage(async () => (await import('../settings/settings-page.tsx')).SettingsPage)

const FindPage = laterPage(async () => (await import('../search/find-page.tsx')).FindPage)

const ShellDialogs = later(async () => (await import('./shell-dialogs.tsx')).ShellDialogs)

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
  useFirstScreen(useIsHere(path))
  useTitleBadge(
    product,
    useClientState((state) => totalUnread(state.conversations)),
  )

  // On a narrow screen a chat or a profile is a page of its own, pushed over the tabs.
  const pushed = narrow && /^\/((c\/-?|contacts\/)\d+(\/info)?|find)$/.test(path)
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
          <Route path="/c/:id/info">{({ id }) => <GroupPage id={Number(id)} />}</Route>
          <Route path="/find">
            <FindPage />
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
      <Toasts />
      <ShellDialogs dialog={dialog} onClose={() => setDialog({ kind: 'none' })} />
      <WelcomeDialog open={isNew} />
    </ShellContext>
  )
}

/** The other screens say themselves that they are asked for. */
function useIsHere(path: string): boolean {
  const [, chat] = useRoute('/c/:id')
  const here = useMessagesHere(chat ? Number(chat.id) : null)
  return here && (path === '/' || chat !== null)
}
