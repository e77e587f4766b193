"""Debian packages unpacked into a folder, for programs that cannot be installed beside others on the same machine."""
import fcntl
import os
import re
import shutil

from lab import places, process
from lab.checks import CannotRun

SECONDS = 300  # deadline of each command


def unpack(packages, into, wanted):
    """Unpacks packages, and those of their dependencies that match a pattern and that this machine lacks.

    None of their scripts runs, so nothing outside the folder changes and no rights are needed.
    """
    for archive in _archives(packages, re.compile(wanted)):
        _run(["dpkg-deb", "-x", archive, into])


def _archives(packages, wanted):
    """Kept below the repository's target folder for further runs, until that is cleaned."""
    folder = places.REPOSITORY / "target" / "rigs" / packages[0]
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not list(folder.glob("complete/*.deb")):
            _fetch(packages, wanted, folder)
        return sorted(folder.glob("complete/*.deb"))


def _fetch(packages, wanted, folder):
    try:
        _download(packages, wanted, folder)
    except CannotRun:
        # The machine's lists of packages may be missing or old.
        _run([*([] if os.geteuid() == 0 else ["sudo", "-n"]), "apt-get", "update", "-qq"])
        _download(packages, wanted, folder)


def _download(packages, wanted, folder):
    part = folder / "part"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    names = {*packages, *(each for each in _missing(packages) if wanted.search(each))}
    _run(["apt-get", "download", "-qq", *sorted(names)], part)
    part.rename(folder / "complete")


def _missing(packages):
    """What an installation would put on this machine; it is only played through."""
    played = _run(["apt-get", "-s", "-qq", "install", "--no-install-recommends", *packages])
    return re.findall(r"^Inst (\S+)", played.stdout, re.MULTILINE)


def _run(command, folder=None):
    ended = process.run(command, SECONDS, cwd=folder)
    if ended.code != 0:
        raise CannotRun(f"{' '.join(map(str, command[:2]))} ended with {ended.code}: {ended.stderr.strip()[-200:]}")
    return ended
