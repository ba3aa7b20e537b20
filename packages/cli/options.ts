/** Settings as command-line options: each has the name of its environment variable, and the environment as default. */
import { readConfig, settings, type Config } from '@rookery/server'
import { Option, type Command } from 'commander'

type SettingName = keyof typeof settings

/** `ROOKERY_DATA` is also `--rookery-data`. */
function flagOf(name: SettingName): string {
  return `--${name.toLowerCase().replaceAll('_', '-')} <value>`
}

export function addSettings(command: Command, names: readonly SettingName[]): Command {
  for (const name of names) command.addOption(new Option(flagOf(name), settings[name].help).env(name))
  return command
}

export const allSettings = Object.keys(settings) as SettingName[]

/** What those of `operator` commands need. */
export const dataSettings: readonly SettingName[] = [
  'ROOKERY_DATA',
  'DATABASE_URL',
  'NATS_URL',
  'ROOKERY_URL',
  'HOST',
  'PORT',
]

/** The config, or one line on standard error and exit 2. */
export function readSettings(command: Command): Config {
  const given = allSettings.map((name) => [name, command.getOptionValue(new Option(flagOf(name)).attributeName())])
  const read = readConfig(Object.fromEntries(given))
  if (read.ok) return read.config
  console.error(read.problem)
  process.exit(2)
}
