/** InspIRCd, a server of IRC: passes on, keeps nothing. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { password } from '../load/texts.ts'
import { locate } from './packages.ts'
import { isRoot, type OtherServer } from './server.ts'

const most = 30_000

export const inspircd: OtherServer = {
  name: 'inspircd',
  protocol: 'irc',
  hasArchive: false,
  /** Anybody may have any name, and knows the password. */
  configure({ folder, port }) {
    const file = join(folder, 'inspircd.conf')
    const tags = [
      '<config format="xml">',
      '<server name="irc.localhost" description="bench" network="bench" id="001">',
      '<admin name="bench" nick="bench" email="bench@localhost">',
      `<path configdir="${folder}" datadir="${folder}" logdir="${folder}" runtimedir="${folder}"`,
      ` moduledir="${locate('usr/lib/inspircd/modules')}">`,
      `<bind address="127.0.0.1" port="${port}" type="clients">`,
      // No brake on a single person, and none on all of them from one address.
      `<connect allow="*" password="${password}" timeout="60" pingfreq="3600" fakelag="no" threshold="1000000000"`,
      ` commandrate="1000000000" recvq="1048576" softsendq="8388608" hardsendq="16777216" limit="${most}"`,
      ` localmax="${most}" globalmax="${most}" maxconnwarn="no" resolvehostnames="no" useident="no">`,
      `<performance softlimit="${most}" somaxconn="4096" netbuffersize="65534" quietbursts="yes">`,
      '<dns server="127.0.0.1" timeout="1">',
      `<log method="file" type="*" level="sparse" target="${join(folder, 'log')}">`,
    ]
    writeFileSync(file, tags.join('\n'))
    const flags = ['--nofork', '--nopid', `--config=${file}`, ...(isRoot ? ['--runasroot'] : [])]
    return { command: [locate('usr/sbin/inspircd'), ...flags] }
  },
}
