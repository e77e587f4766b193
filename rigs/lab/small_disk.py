"""Runs a command on a small tmpfs, then again after the tmpfs has grown.

small_disk.py MOUNT SMALL LARGE SNAPSHOTS SECONDS COMMAND...   (inside `unshare -Urm`)

Copies the tmpfs to SNAPSHOTS/small and SNAPSHOTS/large after the runs, and prints both results as one JSON line.
"""
import json
import shutil
import subprocess
import sys
from pathlib import Path


def main(mount, small, large, snapshots, seconds, command):
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={small}", "rig", mount], check=True)
    first = run(command, float(seconds), mount, Path(snapshots) / "small")
    subprocess.run(["mount", "-o", f"remount,size={large}", mount], check=True)
    print(json.dumps([first, run(command, float(seconds), mount, Path(snapshots) / "large")]))


def run(command, seconds, mount, snapshot):
    ended = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds, check=False)
    free = shutil.disk_usage(mount).free
    shutil.copytree(mount, snapshot)
    return {"code": ended.returncode, "stdout": ended.stdout.decode(), "stderr": ended.stderr.decode(), "free": free}


if __name__ == "__main__":
    main(*sys.argv[1:6], sys.argv[6:])
