/** Chooses between the pages before log-in and the shell behind it. */
import { Redirect, Route, Switch, useLocation, useRoute } from 'wouter'
import { useLocale } from '../i18n/locale.ts'
import { JoinPage } from '../session/join-page.tsx'
import { JoinedAlreadyPage } from '../session/joined-already-page.tsx'
import { LogInPage } from '../session/log-in-page.tsx'
import { SignUpPage } from '../session/sign-up-page.tsx'
import { UnreachablePage } from '../session/unreachable-page.tsx'
import { ActiveSession, useSession } from '../session/use-session.tsx'
import { ChatWindow } from './chat-window.tsx'
import { Shell } from './shell.tsx'
import { Splash } from './splash.tsx'
import { useFirstScreen } from '../ui/first-screen.ts'
import { laterPage } from '../ui/later.tsx'

const GroupLinkPage = laterPage(async () => (await import('../groups/group-link-page.tsx')).GroupLinkPage, Splash)

export function App() {
  const locale = useLocale()
  const session = useSession()
  const [path] = useLocation()
  const [joining] = useRoute('/join')
  const [byLink] = useRoute('/g')
  const [windowed, inWindow] = useRoute('/w/:id')
  // What shows conversations says itself when they are there.
  useFirstScreen(session.kind === 'anonymous' || session.kind === 'unreachable')
  switch (session.kind) {
    case 'starting':
      return <Splash />
    case 'unreachable':
      return <UnreachablePage />
    case 'anonymous':
      return (
        <Switch>
          <Route path="/join">
            <JoinPage />
          </Route>
          <Route path="/sign-up">
            <SignUpPage />
          </Route>
          <Route>
            <LogInPage because={session.signedOut ? 'signed-out' : byLink ? 'group' : path === '/' ? null : 'needed'} />
          </Route>
        </Switch>
      )
    case 'active':
      if (joining && session.isNew) return <Redirect to="/" replace />
      if (joining) return <JoinedAlreadyPage name={session.me.name} />
      // Whoever came by a group's link and signed up first goes on to the group.
      if (path === '/sign-up' && location.hash !== '') return <Redirect to={`/g${location.hash}`} replace />
      return (
        <ActiveSession client={session.client} me={session.me}>
          {byLink ? (
            <GroupLinkPage />
          ) : windowed ? (
            <ChatWindow key={session.me.number} id={Number(inWindow.id)} locale={locale} />
          ) : (
            <Shell key={session.me.number} locale={locale} isNew={session.isNew} />
          )}
        </ActiveSession>
      )
  }
}
