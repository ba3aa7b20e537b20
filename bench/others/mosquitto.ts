/** mosquitto, a broker of MQTT: passes on, keeps nothing. */
import { pbkdf2Sync } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { password } from '../load/texts.ts'
import { locate } from './packages.ts'
import { isRoot, type OtherServer } from './server.ts'

export const mosquitto: OtherServer = {
  name: 'mosquitto',
  protocol: 'mqtt',
  hasArchive: false,
  configure({ folder, port, people }) {
    const [passwords, file] = [join(folder, 'passwords'), join(folder, 'mosquitto.conf')]
    writeFileSync(passwords, people.map((name) => `${name}:${hash}\n`).join(''), { mode: 0o600 })
    const settings = [
      `listener ${port} 127.0.0.1`,
      'allow_anonymous false',
      `password_file ${passwords}`,
      'persistence false',
      'set_tcp_nodelay true',
      'max_inflight_messages 0',
      'max_queued_messages 0',
      'sys_interval 0',
      'log_dest stderr',
      'log_type error',
      ...(isRoot ? ['user root'] : []),
    ]
    writeFileSync(file, settings.join('\n'))
    return { command: [locate('usr/sbin/mosquitto'), '-c', file] }
  },
}

/** As mosquitto_passwd makes it. */
const hash = makeHash()

function makeHash(): string {
  const [salt, rounds, length] = [Buffer.from('saltsaltsalt'), 101, 64]
  const key = pbkdf2Sync(password, salt, rounds, length, 'sha512')
  return `$7$${rounds}$${salt.toString('base64')}$${key.toString('base64')}`
}
