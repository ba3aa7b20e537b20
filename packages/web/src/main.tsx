/** Starts the page. */
import { CSPProvider } from '@base-ui/react/csp-provider'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './ui/tokens.css'
import './ui/base.css'
import { App } from './app/app.tsx'
import { startLocale } from './i18n/locale.ts'
import { resumeSession } from './session/session.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root.')

startLocale()
void resumeSession()
createRoot(root).render(
  <StrictMode>
    <CSPProvider disableStyleElements>
      <App />
    </CSPProvider>
  </StrictMode>,
)
