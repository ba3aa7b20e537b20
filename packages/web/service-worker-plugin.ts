/** Builds `sw.js` with the list of all files of the page (docs/decisions/0008). */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

const fileName = 'sw.js'

/** The installed icons, and the manifest that names them, are the system's; the page never asks for them. */
const isHeld = (path: string) => path !== `/${fileName}` && !/^\/(icons\/|manifest\.webmanifest$)/.test(path)

export function serviceWorker(): Plugin {
  return {
    name: 'rookery-service-worker',
    apply: 'build',
    buildStart() {
      // Worker bundles are built by this configuration too, each on its own.
      const id = fileURLToPath(new URL('src/service-worker/sw.ts', import.meta.url))
      this.emitFile({ type: 'chunk', id, fileName })
    },
    // When everything is on the disk: what is there is what will be served.
    writeBundle({ dir }, bundle) {
      const chunk = bundle[fileName]
      if (dir === undefined || chunk?.type !== 'chunk') this.error(`${fileName} was not built.`)
      // A service worker is a classic script: older browsers know no other.
      if (chunk.imports.length > 0) this.error(`${fileName} must stand alone.`)
      writeFileSync(join(dir, fileName), `const rookeryFiles=${JSON.stringify(listFiles(dir))};${chunk.code}`)
    },
  }
}

function listFiles(folder: string): { version: string; digests: Record<string, string> } {
  const digests = Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [`/${file.slice(folder.length + 1).replaceAll('\\', '/')}`, file] as const)
      .filter(([path]) => isHeld(path))
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([path, file]) => [path, `sha256-${hash(readFileSync(file)).digest('base64')}`]),
  )
  return { version: hash(JSON.stringify(digests)).digest('hex').slice(0, 16), digests }
}

function hash(content: string | Uint8Array) {
  return createHash('sha256').update(content)
}
