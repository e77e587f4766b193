"""Runs a command whose folder is on a tmpfs: too small, then large, then full again, then with room.

small_disk.py MOUNT SMALL LARGE SNAPSHOTS SECONDS COMMAND...   (inside `unshare -Urm`)

After each run the tmpfs is copied to SNAPSHOTS/NAME, without the filler. Between the second and the third run it makes
SNAPSHOTS/waiting and waits for SNAPSHOTS/go, so that the mailbox can change. Prints the four results as one JSON line.
"""
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

FILLER = "filler"


def main(mount, small, large, snapshots, seconds, command):
    mount, snapshots, seconds = Path(mount), Path(snapshots), float(seconds)
    resize(mount, f"size={small}")
    results = [run(command, seconds, mount, snapshots / "small")]
    resize(mount, f"remount,size={large}")
    results.append(run(command, seconds, mount, snapshots / "large"))
    fill(mount / FILLER)
    await_go(snapshots, seconds)
    results.append(run(command, seconds, mount, snapshots / "full"))
    (mount / FILLER).unlink()
    results.append(run(command, seconds, mount, snapshots / "freed"))
    print(json.dumps(results))


def resize(mount, options):
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "rig", mount], check=True)


def run(command, seconds, mount, snapshot):
    ended = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds, check=False)
    shutil.copytree(mount, snapshot, ignore=shutil.ignore_patterns(FILLER))
    return {"code": ended.returncode, "stdout": ended.stdout.decode(), "stderr": ended.stderr.decode()}


def fill(file):
    """Writes until not one byte more is taken."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT)
    for size in (1 << 20, 4096, 1):
        try:
            while os.write(descriptor, bytes(size)):
                pass
        except OSError:
            continue
    os.close(descriptor)


def await_go(snapshots, seconds):
    (snapshots / "waiting").touch()
    end = time.monotonic() + seconds
    while not (snapshots / "go").exists():
        if time.monotonic() > end:
            sys.exit("nobody said go")
        time.sleep(0.05)


if __name__ == "__main__":
    main(*sys.argv[1:6], sys.argv[6:])
