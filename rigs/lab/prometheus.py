"""Debian's Prometheus on loopback: scrapes one server with its token, evaluates rules, and answers queries."""
import json
import shutil
import urllib.parse

from lab import places, process, server
from lab.checks import CannotRun

CONFIGURATION = """\
global: {{scrape_interval: 1s, evaluation_interval: 1s}}
rule_files: ['{rules}']
scrape_configs:
  - job_name: steadymail
    metrics_path: /actuator/prometheus
    authorization: {{credentials_file: '{token}'}}
    static_configs: [{{targets: ['{target}']}}]
"""


class Prometheus:
    """One with an empty database; target is HOST:PORT, token the file of the scraped server's token."""

    def __init__(self, stack, target, token, rules):
        folder = places.scratch(stack, "prom")
        configuration = folder / "prometheus.yml"
        configuration.write_text(CONFIGURATION.format(rules=rules, token=token, target=target), "utf-8")
        port, = places.free_ports(1)
        self.url = f"http://127.0.0.1:{port}"
        self._running = process.Running([tool("prometheus"), f"--config.file={configuration}",
                                         f"--storage.tsdb.path={folder / 'data'}", f"--web.listen-address=127.0.0.1:{port}"])
        stack.callback(self._running.close)
        if not process.until(lambda: server.get(self.url + "/-/ready")[0] == 200, 30, pause=0.1):
            raise CannotRun(f"prometheus was not ready: {self._running.errors()[-300:]}")

    def ask(self, path, **parameters):
        """The whole answer as a dictionary, an error's too."""
        status, _, body = server.get(f"{self.url}/api/v1/{path}?{urllib.parse.urlencode(parameters)}")
        try:
            return json.loads(body)
        except ValueError:
            return {"status": "error", "error": f"{status} {body[:200]}"}

    def rows(self, expression):
        """Rows of an expression; None with the reason where it was refused."""
        answer = self.ask("query", query=expression)
        if answer["status"] != "success" or answer.get("warnings"):
            return None, f"{expression}: {answer.get('error') or answer['warnings']}"
        return answer["data"]["result"], None

    def scraped(self):
        """Targets that were scraped without an error."""
        return [each for each in self.ask("targets")["data"]["activeTargets"] if each["health"] == "up"]

    def rules(self):
        return [rule for group in self.ask("rules")["data"]["groups"] for rule in group["rules"]]


def tool(name):
    found = shutil.which(name)
    if not found:
        raise CannotRun(f"{name} is missing; install Debian's package prometheus")
    return found
