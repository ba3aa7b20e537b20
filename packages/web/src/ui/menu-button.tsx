/** A button with a menu. Pressed before menus are here, it opens when they come. */
import { useState, type ComponentProps, type ReactNode } from 'react'
import menu from './menu.module.css'
import { usePopups, type MenuParts } from './popups.ts'

type Place = Pick<ComponentProps<MenuParts['Menu']['Positioner']>, 'side' | 'align' | 'sideOffset'>

interface MenuButtonProps extends Place {
  readonly looks: Pick<ComponentProps<'button'>, 'className' | 'aria-label' | 'title'>
  /** What the button shows. */
  readonly face: ReactNode
  /** What the menu holds, made of these parts. */
  readonly children: (parts: MenuParts) => ReactNode
}

export function MenuButton({ looks, face, children, ...place }: MenuButtonProps) {
  // In the state: a menu that opens when it comes must wait for its place.
  const [container, setContainer] = useState<HTMLElement | null>(null)
  const popups = usePopups()
  const [pressed, setPressed] = useState(false)
  if (popups === null)
    return (
      <button type="button" {...looks} onClick={() => setPressed(true)}>
        {face}
      </button>
    )
  const { Menu } = popups
  return (
    <div ref={setContainer}>
      <Menu.Root defaultOpen={pressed}>
        <Menu.Trigger {...looks}>{face}</Menu.Trigger>
        <Menu.Portal container={container}>
          <Menu.Positioner {...place} className={menu.positioner}>
            <Menu.Popup className={menu.menu}>{children(popups)}</Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
    </div>
  )
}
