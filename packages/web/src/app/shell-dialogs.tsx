/** The dialogs that are opened from several places: one at a time. */
import { AddDialog } from '../contacts/add-dialog.tsx'
import { AskDialog } from '../contacts/ask-dialog.tsx'
import { ContactGroupsDialog } from '../contacts/contact-groups-dialog.tsx'
import { ImportDialog } from '../contacts/import-dialog.tsx'
import { CreateDialog } from '../groups/create-dialog.tsx'
import { FindDialog } from '../groups/find-dialog.tsx'
import { JoinDialog } from '../groups/join-dialog.tsx'
import { m } from '../i18n/messages.ts'
import { KeysDialog } from './keys-dialog.tsx'
import type { ShellDialog } from './use-shell.ts'

interface ShellDialogsProps {
  readonly dialog: ShellDialog
  readonly onClose: () => void
}

export function ShellDialogs({ dialog, onClose }: ShellDialogsProps) {
  const { kind } = dialog
  return (
    <>
      <AddDialog open={kind === 'add'} query={kind === 'add' ? dialog.query : ''} onClose={onClose} />
      <AskDialog person={kind === 'ask' ? dialog.person : null} onClose={onClose} />
      <CreateDialog
        open={kind === 'create-group'}
        members={kind === 'create-group' ? dialog.members : []}
        onClose={onClose}
      />
      <FindDialog open={kind === 'find-group'} onClose={onClose} />
      <JoinDialog group={kind === 'join-group' ? dialog.group : null} onClose={onClose} />
      <ContactGroupsDialog open={kind === 'contact-groups'} onClose={onClose} />
      <ImportDialog file={kind === 'import' ? dialog.file : null} onClose={onClose} />
      <KeysDialog open={kind === 'keys'} onClose={onClose} label={m.keys_title()} />
    </>
  )
}
