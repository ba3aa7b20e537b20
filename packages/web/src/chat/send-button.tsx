/** Sends, or saves what was edited; beside it, which key does the same. */
import { ArrowUp, Check, ChevronDown } from 'lucide-react'
import { useRef, type RefObject } from 'react'
import { prefer, usePreferences, type SendKey } from '../app/preferences.ts'
import { m } from '../i18n/messages.ts'
import { useNarrow } from '../ui/use-media-query.ts'
import { usePopups } from '../ui/popups.ts'
import menu from '../ui/menu.module.css'
import styles from './send-button.module.css'

interface SendButtonProps {
  readonly sendable: boolean
  readonly saving: boolean
}

export function SendButton({ sendable, saving }: SendButtonProps) {
  const narrow = useNarrow()
  const place = useRef<HTMLDivElement>(null)
  const label = saving ? m.composer_save() : m.composer_send()
  if (narrow) {
    return (
      <button type="submit" className={styles.round} disabled={!sendable} aria-label={label}>
        {saving ? <Check size={22} aria-hidden="true" /> : <ArrowUp size={22} aria-hidden="true" />}
      </button>
    )
  }
  return (
    <div ref={place} className={styles.split}>
      <button type="submit" className={styles.send} disabled={!sendable}>
        {label}
      </button>
      <SendKeyMenu place={place} />
    </div>
  )
}

/** `place`: the menu stays inside the chat, where those who move by landmarks find it. */
function SendKeyMenu({ place }: { readonly place: RefObject<HTMLElement | null> }) {
  const { sendKey } = usePreferences()
  const popups = usePopups()
  const looks = { className: styles.options, 'aria-label': m.composer_send_options(), title: m.composer_send_options() }
  const choices: readonly (readonly [SendKey, string])[] = [
    ['enter', m.composer_enter()],
    ['ctrl-enter', m.composer_ctrl_enter()],
  ]
  const icon = <ChevronDown size={16} aria-hidden="true" />
  if (popups === null)
    return (
      <button type="button" {...looks}>
        {icon}
      </button>
    )
  const { Menu } = popups
  return (
    <Menu.Root>
      <Menu.Trigger {...looks}>{icon}</Menu.Trigger>
      <Menu.Portal container={place}>
        <Menu.Positioner side="top" align="end" sideOffset={8} className={menu.positioner}>
          <Menu.Popup className={menu.menu}>
            <Menu.RadioGroup value={sendKey} onValueChange={(value: SendKey) => prefer({ sendKey: value })}>
              {choices.map(([value, text]) => (
                <Menu.RadioItem key={value} value={value} className={menu.item} closeOnClick>
                  <span className={menu.tick}>
                    <Menu.RadioItemIndicator>
                      <Check size={16} aria-hidden="true" />
                    </Menu.RadioItemIndicator>
                  </span>
                  {text}
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
