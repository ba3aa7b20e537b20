/** Chooses between the pages before log-in and the shell behind it. */
import { Redirect, Route, Switch, useRoute } from 'wouter'
import { useLocale } from '../i18n/locale.ts'
import { JoinPage } from '../session/join-page.tsx'
import { JoinedAlreadyPage } from '../session/joined-already-page.tsx'
import { LogInPage } from '../session/log-in-page.tsx'
import { SignUpPage } from '../session/sign-up-page.tsx'
import { UnreachablePage } from '../session/unreachable-page.tsx'
import { ActiveSession, useSession } from '../session/use-session.tsx'
import { Shell } from './shell.tsx'
import { Splash } from './splash.tsx'

export function App() {
  const locale = useLocale()
  const session = useSession()
  const [joining] = useRoute('/join')
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
            <LogInPage signedOut={session.signedOut} />
          </Route>
        </Switch>
      )
    case 'active':
      if (joining && session.isNew) return <Redirect to="/" replace />
      if (joining) return <JoinedAlreadyPage name={session.me.name} />
      return (
        <ActiveSession client={session.client} me={session.me}>
          <Shell key={session.me.number} locale={locale} isNew={session.isNew} />
        </ActiveSession>
      )
  }
}
