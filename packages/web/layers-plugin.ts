/** Says the order of the layers at the top of the style sheet; `src/ui/tokens.css` says it too, for the dev server. */
import type { Plugin } from 'vite'

const order = '@layer reset, tokens, base, parts;'

/** The build puts the styles of shared parts first, and the first mention of a layer gives it its rank. */
export function layersFirst(): Plugin {
  return {
    name: 'rookery-layers-first',
    enforce: 'post',
    apply: 'build',
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle))
        if (file.type === 'asset' && file.fileName.endsWith('.css')) file.source = order + String(file.source)
    },
  }
}
