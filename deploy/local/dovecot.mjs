/** Debian's Dovecot: the IMAP server that mails are taken from. One password for everybody; tokens where asked for. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { has, run, ServerUnavailable } from './servers.mjs'
import { freePort, startServer } from './start.mjs'

/** Installed by the system's package manager: its parts are bound to /usr. */
export async function installDovecot() {
  if (await has('dovecot')) return
  const apt = ['-y', '-qq', '--no-install-recommends', 'install', 'dovecot-imapd']
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', apt, { env }).catch(async () => {
    await run('apt-get', ['-qq', 'update'], { env })
    await run('apt-get', apt, { env })
  })
}

const PASSWORD = 'secret'

/**
 * `introspectionUrl`: where it asks whose an access token is (RFC 7662); then XOAUTH2 is offered too.
 * The returned `url` has no user: `imap://<user>:secret@host:port`.
 */
export async function startDovecot({ dataDir, port, introspectionUrl }) {
  if (!(await has('dovecot'))) throw new ServerUnavailable('Dovecot is not installed (dovecot-imapd)')
  if (process.getuid?.() !== 0) throw new ServerUnavailable('Dovecot is started as root only')
  const own = port ?? (await freePort())
  mkdirSync(join(dataDir, 'mail'), { recursive: true })
  for (const folder of [dataDir, join(dataDir, 'mail')]) chmodSync(folder, 0o777)
  const oauth = join(dataDir, 'oauth2.conf')
  if (introspectionUrl)
    writeFileSync(
      oauth,
      `introspection_mode = post\nintrospection_url = ${introspectionUrl}\nusername_attribute = username\nactive_attribute = active\nactive_value = true\n`,
    )
  const config = join(dataDir, 'dovecot.conf')
  writeFileSync(
    config,
    `base_dir = ${join(dataDir, 'run')}
protocols = imap
listen = 127.0.0.1
log_path = /dev/stderr
ssl = no
disable_plaintext_auth = no
mail_location = maildir:${join(dataDir, 'mail')}/%u
mail_uid = nobody
mail_gid = nogroup
first_valid_uid = 1
auth_mechanisms = plain login${introspectionUrl ? ' xoauth2' : ''}
service imap-login {
  inet_listener imap {
    port = ${own}
  }
  inet_listener imaps {
    port = 0
  }
}
namespace inbox {
  inbox = yes
  mailbox Traités {
    auto = create
  }
}
${introspectionUrl ? `passdb {\n  driver = oauth2\n  mechanisms = xoauth2\n  args = ${oauth}\n}\n` : ''}passdb {
  driver = static
  mechanisms = plain login
  args = password=${PASSWORD}
}
userdb {
  driver = static
  args = uid=nobody gid=nogroup home=${join(dataDir, 'mail')}/%u
}
`,
  )
  const launch = () => ({ command: 'dovecot', args: ['-F', '-c', config] })
  const server = await startServer({ name: 'Dovecot', port: own, launch })
  return { ...server, url: `imap://127.0.0.1:${own}` }
}
