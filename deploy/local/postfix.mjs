/** Debian's Postfix: the mail server of a house, in front of ours. It takes mail for one domain and passes it on. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run, ServerUnavailable } from './servers.mjs'
import { freePort, startServer } from './start.mjs'

const isInstalled = () =>
  run('postconf', ['-d', 'mail_version']).then(
    () => true,
    () => false,
  )

/**
 * Installed by the system's package manager, which gives it its user and group. Without a configuration of the system's
 * own it starts nowhere by itself; and no other mail server is removed for it.
 */
export async function installPostfix() {
  if (await isInstalled()) return
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const answer = 'postfix postfix/main_mailer_type select No configuration'
  await run('sh', ['-c', 'echo "$0" | debconf-set-selections', answer], { env })
  const apt = ['-y', '-qq', '--no-install-recommends', '--no-remove', 'install', 'postfix']
  await run('apt-get', apt, { env }).catch(async () => {
    await run('apt-get', ['-qq', 'update'], { env })
    await run('apt-get', apt, { env })
  })
}

/**
 * `domain`: whose mail it takes; `next`: host:port to which all of that goes. Folders, queue and log are in `dataDir`.
 * `command(name, ...args)` runs one of its programs (postqueue …) on this queue.
 */
export async function startPostfix({ dataDir, port, domain = 'example.test', next = '127.0.0.1:2525' }) {
  if (!(await isInstalled())) throw new ServerUnavailable('Postfix is not installed (postfix)')
  if (process.getuid?.() !== 0) throw new ServerUnavailable('Postfix is started as root only')
  const own = port ?? (await freePort())
  const [host, nextPort] = next.split(':')
  const folder = (name) => join(dataDir, name)
  // Its programs leave root behind and must still reach the queue.
  chmodSync(dataDir, 0o755)
  for (const name of ['etc', 'spool', 'lib']) mkdirSync(folder(name), { recursive: true, mode: 0o755 })
  await run('chown', ['postfix:postfix', folder('lib')])
  writeFileSync(
    join(folder('etc'), 'main.cf'),
    `compatibility_level = 3.6
queue_directory = ${folder('spool')}
data_directory = ${folder('lib')}
maillog_file = ${folder('postfix.log')}
maillog_file_prefixes = ${dataDir}
myhostname = mx.${domain}
mydestination =
mynetworks = 127.0.0.1/32
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
relay_domains = ${domain}
relay_transport = smtp:[${host}]:${nextPort}
smtpd_relay_restrictions = reject_unauth_destination
smtpd_peername_lookup = no
disable_dns_lookups = yes
smtp_tls_security_level =
alias_maps =
alias_database =
local_recipient_maps =
# Mail that was put off is tried again when the queue is flushed, not in between.
minimal_backoff_time = 1h
maximal_backoff_time = 1h
queue_run_delay = 1h
`,
  )
  writeFileSync(
    join(folder('etc'), 'master.cf'),
    [
      `127.0.0.1:${own} inet n - n - - smtpd`,
      ...[
        'cleanup',
        'bounce',
        'trivial-rewrite:rewrite',
        'error',
        'anvil',
        'scache',
        'proxymap',
        'postlogd:postlog',
      ].map((each) => {
        const [program, service = program] = each.split(':')
        const kind = {
          anvil: 'unix - - n - 1',
          scache: 'unix - - n - 1',
          postlogd: 'unix-dgram n - n - 1',
          cleanup: 'unix n - n - 0',
          bounce: 'unix - - n - 0',
        }
        return `${service} ${kind[program] ?? 'unix - - n - -'} ${program}`
      }),
      'defer unix - - n - 0 bounce',
      'trace unix - - n - 0 bounce',
      'retry unix - - n - - error',
      'flush unix n - n 1000? 0 flush',
      'pickup unix n - n 60 1 pickup',
      'qmgr unix n - n 300 1 qmgr',
      'showq unix n - n - - showq',
      'smtp unix - - n - - smtp',
      'relay unix - - n - - smtp',
      '',
    ].join('\n'),
  )
  const etc = folder('etc')
  await run('postfix', ['-c', etc, 'check'])
  const [daemons = ''] = (await run('postconf', ['-c', etc, '-h', 'daemon_directory'])).trim().split('\n')
  // It ends its whole process group, which must be its own.
  const launch = () => ({ command: 'setsid', args: [join(daemons, 'master'), '-c', etc, '-d'] })
  const server = await startServer({ name: 'Postfix', port: own, launch })
  return {
    ...server,
    url: `smtp://127.0.0.1:${own}`,
    command: (name, ...args) => run(name, ['-c', etc, ...args]),
  }
}
