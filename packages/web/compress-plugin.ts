/** Puts the compressed forms of every text beside it, so that no server has to make them while somebody waits. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const isText = (path: string) => /\.(html|js|css|svg|webmanifest)$/.test(path)

export function compressFiles(): Plugin {
  let folder = ''
  return {
    name: 'rookery-compress-files',
    apply: 'build',
    configResolved({ root, build }) {
      folder = resolve(root, build.outDir)
    },
    // After the list of files was made: these are no files of their own.
    closeBundle() {
      for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(isText)) {
        const file = join(folder, path)
        const bytes = readFileSync(file)
        writeFileSync(`${file}.br`, brotliCompressSync(bytes))
        writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
      }
    },
  }
}
