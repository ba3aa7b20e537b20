/** Starts the page. */
import { CSPProvider } from '@base-ui/react/csp-provider'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './ui/tokens.css'
import './ui/base.css'
import { App } from './app/app.tsx'
import { startLocale } from './i18n/locale.ts'
import { resumeSession } from './session/session.ts'
import { firstScreen } from './ui/first-screen.ts'
import { loadParts } from './ui/later.tsx'
import { loadPopups } from './ui/popups.ts'
import { startAutoReload } from './update/auto-reload.ts'
import { startServiceWorker } from './update/service-worker.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root.')

const atLeisure = firstScreen()

void resumeSession()
void draw(root)
void loadRest()
void startServiceWorker(atLeisure)
startAutoReload()

async function draw(place: HTMLElement): Promise<void> {
  await startLocale()
  createRoot(place).render(
    <StrictMode>
      <CSPProvider disableStyleElements>
        <App />
      </CSPProvider>
    </StrictMode>,
  )
}

async function loadRest(): Promise<void> {
  await atLeisure
  await loadPopups()
  await loadParts()
}
