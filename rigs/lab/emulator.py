"""The independent Gmail emulator on loopback: a private copy of the shared folder with its pinned npm package."""
import json
import shutil
import urllib.error
import urllib.request

from lab import places, process
from lab.checks import CannotRun

USER = "ada@example.com"
TOKEN = "tok-Pfifferling-4711"


class Emulator:
    """Started with the .eml files under `mail`, or with generated ones.

    The controls of its shim give the log of requests and inject faults; with `raw` there is no shim, so none of that.
    """

    def __init__(self, stack, mail=None, generate=0, raw=False):
        self.raw = raw
        folder = places.scratch(stack, "gm") / "emulator"
        shutil.copytree(places.shared("servers", "gmail-emulator"), folder)
        folder.chmod(0o755)
        _install(folder)
        seed = ["--eml", mail] if mail else ["--user", USER, "--generate", str(generate)]
        self._running = process.Running(["node", "start.mjs", *seed, "--token", TOKEN,
                                         *(["--raw"] if raw else [])], cwd=folder)
        stack.callback(self._running.close)
        self.root = self._base_url()
        self.account = f"gmail://{USER}?root={self.root}/"

    def get(self, path):
        return self._call("GET", path)

    def post(self, path, body):
        return self._call("POST", path, body)

    def patch(self, path, body):
        return self._call("PATCH", path, body)

    def delete(self, path):
        return self._call("DELETE", path)

    def clear_log(self):
        self.delete("/_test/log")
        self.delete("/_test/stats")

    def log(self):
        """Every API request since the log was cleared, batch parts too, as the emulator's shim saw them."""
        return self.get("/_test/log")

    def requests(self):
        """HTTP requests as the report counts them: a batch is 1 and its parts."""
        return len(self.log()) + self.get("/_test/stats")["batches"]

    def faults(self, *faults):
        self.delete("/_test/faults")
        if faults:
            self.post("/_test/faults", list(faults))

    def _base_url(self):
        printed = self._running.first_line(60)
        if printed is None:
            raise CannotRun(f"the Gmail emulator did not start: {self._running.wait(1).stderr.strip()[-300:]}")
        return json.loads(printed)["baseUrl"]

    def _call(self, method, path, body=None):
        request = urllib.request.Request(self.root + path, method=method, headers={
            "Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"},
            data=None if body is None else json.dumps(body).encode())
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                data = answer.read()
        except urllib.error.HTTPError as error:
            raise CannotRun(f"the emulator answered {error.code} to {method} {path}: {error.read()[:200]}") from error
        return json.loads(data) if data else None


def _install(folder):
    for path in folder.iterdir():
        path.chmod(0o644)
    installed = process.run(["npm", "install", "--no-audit", "--no-fund"], 180, cwd=folder)
    if installed.code != 0:
        raise CannotRun(f"npm install of the Gmail emulator failed: {installed.stderr.strip()[-300:]}")
