"""A private Postfix on loopback: submission with STARTTLS and a login that Dovecot checks, all mail into one Maildir."""
import os
import pwd
import shutil
import subprocess
from email.parser import BytesHeaderParser

from lab import places, process
from lab.checks import CannotRun

SECONDS = 60
# Not chrooted: everything, its log and Dovecot's socket too, is in the scratch folder.
SERVICES = """\
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""
SETTINGS = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/mail.log
maillog_file_prefixes = {folder}
myhostname = mx.example.com
mydestination =
mynetworks =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
local_transport = error:nobody is here
default_transport = error:nothing leaves this machine
alias_maps =
alias_database =
virtual_mailbox_domains = example.com
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = static:all/
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
virtual_minimum_uid = 1
smtpd_tls_cert_file = {tls}/cert.pem
smtpd_tls_key_file = {tls}/key.pem
smtpd_tls_security_level = encrypt
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = {folder}/auth
smtpd_relay_restrictions = permit_sasl_authenticated, reject
"""
AUTH = """\
service auth {{
  unix_listener {folder}/auth {{
    mode = 0660
    user = postfix
  }}
}}"""


class Postfix:
    """Started and ended by its own command; the certificate is Dovecot's."""

    def __init__(self, stack, dovecot):
        if os.geteuid() != 0 or not shutil.which("postfix", path=_path()):
            raise CannotRun("Postfix starts as root alone, and Debian's package postfix must be installed")
        self.folder = places.scratch(stack, "pf")
        (self.port,) = places.free_ports(1)
        self._configure(dovecot)
        stack.callback(self.stop)
        self._run("start")

    def _configure(self, dovecot):
        dovecot.set(AUTH.format(folder=self.folder))
        if not process.until((self.folder / "auth").exists, 20):
            raise CannotRun("Dovecot did not open its socket for logins")
        owner = pwd.getpwnam("mail")
        for name, uid, gid in (("queue", 0, 0), ("data", pwd.getpwnam("postfix").pw_uid, 0),
                               ("mail", owner.pw_uid, owner.pw_gid)):
            (self.folder / name).mkdir()
            os.chown(self.folder / name, uid, gid)
        (self.folder / "main.cf").write_text(SETTINGS.format(
            folder=self.folder, tls=dovecot.certificate.parent, uid=owner.pw_uid, gid=owner.pw_gid), "utf-8")
        (self.folder / "master.cf").write_text(SERVICES.format(port=self.port), "utf-8")

    def _run(self, what):
        # Into a file: the daemon keeps the streams that it was started with, a pipe would never end.
        with open(self.folder / "command.log", "a+", encoding="utf-8") as log:
            ended = subprocess.run(["postfix", "-c", self.folder, what], stdin=subprocess.DEVNULL, stdout=log,
                                   stderr=log, timeout=SECONDS, check=False, env={**os.environ, "PATH": _path()})
            log.seek(0)
            if ended.returncode != 0:
                raise CannotRun(f"postfix {what} ended with {ended.returncode}: {log.read().strip()[-300:]}")

    def stop(self):
        if (self.folder / "queue" / "pid" / "master.pid").exists():
            self._run("stop")

    def delivered(self):
        """(recipient, Message-ID) of each delivered file, once nothing is in the queue any more."""
        if not process.until(lambda: not self._queued(), SECONDS, pause=0.1):
            raise CannotRun(f"Postfix still has {len(self._queued())} messages in its queue")
        return [_addressed(file) for file in (self.folder / "mail").glob("all/new/*")]

    def _queued(self):
        return [file for queue in ("incoming", "active", "deferred")
                for file in (self.folder / "queue" / queue).rglob("*") if file.is_file()]


def _addressed(file):
    with open(file, "rb") as content:
        head = BytesHeaderParser().parse(content)
    return head["X-Original-To"], head["Message-ID"].strip()


def _path():
    return os.environ.get("PATH", "") + ":/usr/sbin"
