"""A private Cyrus on loopback, from Debian's packages unpacked beside a Dovecot that they would put off the machine."""
import imaplib
import os
import pwd
import shutil

from lab import debian, places, process
from lab.checks import CannotRun
from lab.dovecot import PASSWORD

PACKAGES = ("cyrus-imapd", "cyrus-common", "libsasl2-modules", "libsasl2-modules-sql")
NEEDED = r"^lib"  # cyrus-common depends on a mail transport and tools too, which imapd does without


class Cyrus:
    """Every user name logs in with PASSWORD and finds an inbox; imapd's processes belong to an ordinary account."""

    def __init__(self, stack):
        self.folder = places.scratch(stack, "cy")
        self.port, self.tls_port = places.free_ports(2)
        self.user = "mail" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        self.root = self.folder / "root"
        debian.unpack(PACKAGES, self.root, NEEDED)
        self._configure()
        self._start(stack)

    @property
    def certificate(self):
        return self.folder / "tls" / "cert.pem"

    def _configure(self):
        for name in ("tls", "conf", "spool", "run"):
            (self.folder / name).mkdir()
        self._make_certificate()
        self._write("imapd.conf", IMAPD, user=self.user, password=PASSWORD)
        self._write("cyrus.conf", SERVICES, programs=self.root / "usr/lib/cyrus/bin", port=self.port,
                    tls_port=self.tls_port)
        if os.geteuid() == 0:
            for place in ("tls", "conf", "spool", "run", "tls/key.pem", "imapd.conf"):
                shutil.chown(self.folder / place, self.user)

    def _write(self, name, text, **values):
        (self.folder / name).write_text(text.format(folder=self.folder, **values), "utf-8")

    def _make_certificate(self):
        made = process.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj",
                            "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
                            "-keyout", self.folder / "tls" / "key.pem", "-out", self.certificate], 60)
        if made.code != 0:
            raise CannotRun(f"openssl made no certificate: {made.stderr.strip()[-200:]}")

    def _start(self, stack):
        self.master = process.Running(
            [self.root / "usr/lib/cyrus/bin/master", "-D", "-C", self.folder / "imapd.conf",
             "-M", self.folder / "cyrus.conf", "-p", self.folder / "run" / "master.pid"],
            {**os.environ, "CYRUS_USER": self.user,
             "LD_LIBRARY_PATH": self._folders("lib/*-linux-gnu", "usr/lib/*-linux-gnu"),
             "SASL_PATH": self._folders("usr/lib/*-linux-gnu/sasl2")}, self.folder)
        stack.callback(self.stop)
        process.until(lambda: self._answers() or not self.master.alive(), 30, pause=0.1)
        if not self._answers():
            raise CannotRun(f"Cyrus did not start: {self.master.errors().strip()[-300:]}")

    def _folders(self, *patterns):
        return ":".join(str(folder) for pattern in patterns for folder in self.root.glob(pattern))

    def _answers(self):
        try:
            with imaplib.IMAP4("127.0.0.1", self.port, timeout=10) as session:
                session.login("probe", PASSWORD)
                return True
        except (OSError, imaplib.IMAP4.error):
            return False

    def stop(self):
        """The master ends its children with itself."""
        self.master.process.terminate()
        process.until(lambda: not self.master.alive(), 20)
        self.master.close()


# One query lets every name in. Without munge8bit: no, Cyrus writes X for each octet of UTF-8 in the head of a message.
IMAPD = """\
configdirectory: {folder}/conf
defaultpartition: default
partition-default: {folder}/spool
cyrus_user: {user}
servername: localhost
altnamespace: yes
unixhierarchysep: yes
autocreate_quota: 0
failedloginpause: 0
munge8bit: no
autocreate_inbox_folders: Archive|Drafts|Junk|Sent|Trash
autocreate_subscribe_folders: Archive|Drafts|Junk|Sent|Trash
xlist-archive: Archive
xlist-drafts: Drafts
xlist-junk: Junk
xlist-sent: Sent
xlist-trash: Trash
idlesocket: {folder}/run/idle
lmtpsocket: {folder}/run/lmtp
notifysocket: {folder}/run/notify
allowplaintext: yes
sasl_mech_list: PLAIN LOGIN
sasl_pwcheck_method: auxprop
sasl_auxprop_plugin: sql
sasl_sql_engine: sqlite3
sasl_sql_database: {folder}/conf/logins.sqlite
sasl_sql_select: SELECT '{password}'
tls_server_cert: {folder}/tls/cert.pem
tls_server_key: {folder}/tls/key.pem
"""

SERVICES = """\
START {{
  recover cmd="{programs}/ctl_cyrusdb -C {folder}/imapd.conf -r"
  idled cmd="{programs}/idled -C {folder}/imapd.conf"
}}
SERVICES {{
  imap cmd="{programs}/imapd -C {folder}/imapd.conf -U 30" listen="127.0.0.1:{port}" prefork=1 maxchild=200
  imaps cmd="{programs}/imapd -C {folder}/imapd.conf -s -U 30" listen="127.0.0.1:{tls_port}" prefork=0 maxchild=50
}}
EVENTS {{
  checkpoint cmd="{programs}/ctl_cyrusdb -C {folder}/imapd.conf -c" period=30
}}
"""
