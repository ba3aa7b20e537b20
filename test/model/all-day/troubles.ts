/** What happens to devices and to the server. */
import { ask } from '../../../packages/cli/verify/ask.ts'
import type { Device } from '../../../packages/cli/verify/device.ts'
import type { DoingOf as Of } from './actions.ts'
import type { Day } from './day.ts'

const mostDevices = 7

/** False where there was nothing to do it with. */
export async function troubleDevice(
  day: Day,
  device: Device,
  doing: Of<'revoke' | 'cut' | 'tear' | 'freeze' | 'mend' | 'crash' | 'close' | 'open' | 'delay'>,
): Promise<boolean> {
  const wasOpen = device.isOpen()
  switch (doing.kind) {
    case 'revoke':
      return revoke(day, device)
    case 'cut':
    case 'tear':
    case 'freeze':
      device.cable[doing.kind]()
      return true
    case 'mend':
      device.cable.mend()
      device.client()?.wake()
      return true
    case 'delay':
      device.cable.delay(doing.milliseconds)
      return true
    case 'crash':
    case 'close':
      await device[doing.kind]()
      return wasOpen
    case 'open':
      device.open()
      return !wasOpen
  }
}

/** Everybody keeps the first one. */
async function revoke(day: Day, device: Device): Promise<boolean> {
  const { urls, people, devices, revoked, history } = day
  const person = people.find(({ number }) => number === device.owner)
  if (!person || device.token === person.token) return false
  const { sessions } = await ask(urls, 'sessions.list', {}, device.token)
  const session = sessions.find(({ current }) => current)?.session ?? ''
  devices.splice(devices.indexOf(device), 1)
  await ask(urls, 'sessions.revoke', { session }, person.token)
  revoked.push({ device, at: history.step() })
  return true
}

export async function troubleServer(
  { subject, devices, people, addDevice }: Day,
  doing: Of<'newcomer' | 'kill' | 'restart' | 'wait'>,
): Promise<boolean> {
  switch (doing.kind) {
    case 'wait':
      await Bun.sleep(doing.milliseconds)
      return true
    case 'newcomer': {
      const person = people[doing.person]
      if (!person || devices.length >= mostDevices) return false
      await addDevice(person)
      return true
    }
    case 'kill':
    case 'restart':
      await (doing.kind === 'kill' ? subject.kill() : subject.stop())
      await subject.start()
      for (const device of devices) device.client()?.wake()
      return true
  }
}
