"""A private Dovecot on loopback, and generated mail put into its mailboxes."""
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from lab import mutf7, places, process
from lab.checks import CannotRun

# Distinctive, so that a search for it finds only leaks; every user name logs in with it.
PASSWORD = "Zwiebelfisch-7319"


class Dovecot:
    """Started by the shared start.sh in a scratch folder, ended by the shared stop.sh."""

    def __init__(self, stack):
        self.scripts = places.shared("servers", "dovecot")
        self.folder = places.scratch(stack, "dc")
        self.port, self.tls_port = places.free_ports(2)
        stack.callback(self.stop)
        self._start()

    @property
    def certificate(self):
        return self.folder / "tls" / "cert.pem"

    def stop(self):
        process.run([self.scripts / "stop.sh", self.folder], 30)

    def start(self):
        """Starts it again after stop(), on the same ports and the same mail."""
        self._start()

    def lose_indexes(self, user, numbers=False):
        """Deletes what the server derived of a user's mail while it is stopped; with numbers also which UID each message has."""
        self.stop()
        names = ["dovecot.index*", "dovecot.list.index*", *(["dovecot-uidlist"] if numbers else [])]
        lost = [file for name in names for file in (self.folder / "mail" / user / "Maildir").rglob(name)]
        for file in lost:
            file.unlink()
        self.start()
        return len(lost)

    def set(self, line):
        """Adds a line to the settings; connections made from a moment later on have it."""
        with open(self.folder / "dovecot.conf", "a", encoding="utf-8") as settings:
            settings.write(line + "\n")
        os.kill(self._master(), signal.SIGHUP)

    def kill_sessions(self):
        """Kills the processes that serve logged-in connections, idle ones too, and returns how many there were."""
        master, killed = self._master(), 0
        for process_folder in Path("/proc").glob("[0-9]*"):
            try:
                status = (process_folder / "status").read_text("utf-8")
                if f"PPid:\t{master}\n" in status and status.split()[1] in ("imap", "imap-hibernate"):
                    os.kill(int(process_folder.name), signal.SIGKILL)
                    killed += 1
            except (FileNotFoundError, ProcessLookupError):
                pass  # it has ended meanwhile
        return killed

    def _master(self):
        return int((self.folder / "run" / "master.pid").read_text("utf-8"))

    def _start(self):
        # Into a file: the daemon keeps the streams that it was started with, a pipe would never end.
        with open(self.folder / "start.log", "w+", encoding="utf-8") as log:
            command = [self.scripts / "start.sh", self.folder, str(self.port), str(self.tls_port)]
            started = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, timeout=60, check=False,
                                     env={**os.environ, "MAIL_PASSWORD": PASSWORD})
            log.seek(0)
            if started.returncode != 0:
                raise CannotRun(f"Dovecot did not start (apt-get install dovecot-imapd?): {log.read().strip()[-200:]}")

    def generate(self, into, count, seed=1, start=0, max_kb=200):
        """Writes count generated messages as files and returns them in order; same seed, same bytes."""
        made = process.run([sys.executable, self.scripts / "generate.py", into, "--count", count, "--seed", seed,
                            "--start", start, "--max-kb", max_kb], 300)
        if made.code != 0:
            raise CannotRun(f"generate.py failed: {made.stderr.strip()[-200:]}")
        return sorted((Path(into) / "cur").iterdir(), key=lambda file: int(file.name.split(".M")[1].split("P")[0]))

    def place(self, user, mailbox, files):
        """Moves files into a mailbox that exists; names carry the flags, modification times the received dates."""
        folder = self._maildir(user, mailbox) / "cur"
        for file in files:
            target = folder / file.name
            shutil.move(file, target)
            _give_to_owner_of(folder, target)

    def _maildir(self, user, mailbox):
        root = self.folder / "mail" / user / "Maildir"
        return root if mailbox == "INBOX" else root / ("." + mutf7.encode(mailbox).replace("/", "."))


def _give_to_owner_of(folder, file):
    if os.geteuid() == 0:
        owner = folder.stat()
        os.chown(file, owner.st_uid, owner.st_gid)
