/** Builds the page into `dist`: hashed files under `assets`, one `index.html`. */
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compressFiles } from './compress-plugin.ts'
import { layersFirst } from './layers-plugin.ts'
import { serviceWorker } from './service-worker-plugin.ts'

const server = 'http://127.0.0.1:8080'

/** Libraries that the first screen needs; the others come with the parts that use them. */
const firstScreen =
  /node_modules\/(react|react-dom|scheduler|use-sync-external-store|wouter|regexparam|mitt|virtua|linkify-it|uc\.micro)\//

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), layersFirst(), serviceWorker(), compressFiles()],
  define: { rookeryBuild: String(Date.now()) },
  worker: { format: 'es' },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: ['chrome123', 'firefox120', 'safari17.5'],
    // Everything is a file: the page's policy allows no inline script or style.
    assetsInlineLimit: 0,
    // One style sheet: its order does not depend on which part comes first.
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // Libraries change seldom: browsers keep them while the page itself is updated.
      output: { codeSplitting: { groups: [{ name: 'libraries', test: firstScreen }] } },
    },
  },
  server: {
    proxy: {
      '/api': server,
      '/ws': { target: server, ws: true },
    },
  },
})
