/** Starts the page. */
import { CSPProvider } from '@base-ui/react/csp-provider'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './ui/tokens.css'
import './ui/base.css'
import { App } from './app/app.tsx'
import { startLocale } from './i18n/locale.ts'
import { resumeSession } from './session/session.ts'
import { loadParts } from './ui/later.tsx'
import { loadPopups } from './ui/popups.ts'
import { startAutoReload } from './update/auto-reload.ts'
import { startServiceWorker } from './update/service-worker.ts'

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
startServiceWorker()
// Not before the first screen is on the glass.
requestAnimationFrame(() => setTimeout(() => void loadPopups().then(loadParts)))
startAutoReload()
