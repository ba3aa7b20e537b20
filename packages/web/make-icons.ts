/** Draws `public/favicon.svg` into the icons of an installed page. Run it by hand when the picture changes. */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const picture = readFileSync(here('public/favicon.svg'), 'utf8')
const ground = /<rect[^>]*fill="(#\w+)"/.exec(picture)?.[1]
if (ground === undefined) throw new Error('The picture has no ground to fill the corners with.')

/** Systems cut a maskable icon to their own shape: all that matters must lie in the middle 80 percent. */
const icons = [
  { name: 'icon-192', size: 192, scale: 1, filled: false },
  { name: 'icon-512', size: 512, scale: 1, filled: false },
  { name: 'maskable-192', size: 192, scale: 0.8, filled: true },
  { name: 'maskable-512', size: 512, scale: 0.8, filled: true },
  { name: 'apple-touch-icon', size: 180, scale: 0.9, filled: true },
] as const

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
const page = await browser.newPage()
for (const { name, size, scale, filled } of icons) {
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(
    `<style>
      html { background: ${filled ? ground : 'transparent'} }
      body { display: grid; place-items: center; height: 100vh; margin: 0 }
      svg { width: ${scale * 100}% }
    </style>${picture}`,
  )
  writeFileSync(here(`public/icons/${name}.png`), await page.screenshot({ omitBackground: true }))
}
await browser.close()
