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

export function App() {
  const locale = useLocale()
  const session = useSession()
  const [path] = useLocation()
  const [joining] = useRoute('/join')
  const [windowed, inWindow] = useRoute('/w/:id')
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
            <LogInPage because={session.signedOut ? 'signed-out' : path === '/' ? null : 'needed'} />
          </Route>
        </Switch>
      )
    case 'active':
      if (joining && session.isNew) return <Redirect to="/" replace />
      if (joining) return <JoinedAlreadyPage name={session.me.name} />
      return (
        <ActiveSession client={session.client} me={session.me}>
          {windowed ? (
            <ChatWindow key={session.me.number} id={Number(inWindow.id)} locale={locale} />
          ) : (
            <Shell key={session.me.number} locale={locale} isNew={session.isNew} />
          )}
        </ActiveSession>
      )
  }
}
