/** What opens over the page. Loaded after the first screen, which needs none of it: see `popups.ts`. */
export { AlertDialog } from '@base-ui/react/alert-dialog'
export { Dialog } from '@base-ui/react/dialog'
export { Menu } from '@base-ui/react/menu'
export { Popover } from '@base-ui/react/popover'
export { Tooltip } from '@base-ui/react/tooltip'
