"""Scrapes the demo by a real Prometheus: every metric of rules and dashboard is there, every expression answers."""
import copy
import json
import re
import shutil
import signal

from lab import places, process, server, session
from lab.api import Api
from lab.checks import CannotRun
from lab.dovecot import PASSWORD, Dovecot
from lab.imap import Client
from lab.prometheus import Prometheus, tool
from lab.proxy import Proxy

MONITORING = places.REPOSITORY / "deploy" / "monitoring"
RULES, DASHBOARD = MONITORING / "prometheus-rules.yml", MONITORING / "grafana-dashboard.json"
NAME = re.compile(r"\bsteadymail_\w+")
SYNC_SECONDS = 120
MESSAGES = 3


def main(options, checks, stack):
    dashboard = json.loads(DASHBOARD.read_text("utf-8"))
    server.prepare()
    checked = process.run([tool("promtool"), "check", "rules", RULES], 30)
    checks.check("promtool takes the rules", checked.code == 0, (checked.stdout + checked.stderr).splitlines()[-1].strip())
    dashboard_types(checks, stack, dashboard)
    demo = Demo(checks, stack)
    prometheus = Prometheus(stack, demo.target, demo.server.data / "token", RULES)
    demo.used()
    demo.troubled()
    scrape = demo.scrape()
    expressions = named(checks, dashboard, scrape)
    asked(checks, prometheus, expressions)
    demo.well_again()


class Demo:
    """`steadymail demo`, with its own account and one more whose server goes away."""

    def __init__(self, checks, stack):
        self.checks, self.stack = checks, stack
        self.server = server.Server(stack, server.User("us", places.command_under_test()),
                                    places.scratch(stack, "metrics") / "data", "demo", "--port", "0",
                                    STEADYMAIL_SYNC_INTERVAL="1s")
        stack.callback(self.server.end, signal.SIGTERM)
        ready = self.server.ready()
        if ready is None:
            raise CannotRun(f"the demo was not ready: {self.server.running.wait(1).stderr.strip()[-300:]}")
        self.url = ready["url"]
        self.target = self.url.removeprefix("http://").rstrip("/")
        self.api = Api(self.url.rstrip("/"), self.server.token())
        self.line = None

    def scrape(self):
        answer = self.api.get("/actuator/prometheus")
        if answer.status != 200:
            raise CannotRun(f"no metrics: {answer.figure()}")
        return answer.body.decode()

    def value(self, name, **labels):
        """The sum of all rows of a metric that have these labels."""
        wanted = [f'{label}="{word}"' for label, word in labels.items()]
        return sum(float(line.rpartition(" ")[2]) for line in self.scrape().splitlines()
                   if re.match(name + r"[{ ]", line) and all(each in line for each in wanted))

    def used(self):
        for token, name in ((None, "without a token"), ("wrong", "with a wrong token")):
            answer = Api(self.api.url, token).get("/actuator/prometheus")
            self.checks.check(f"metrics {name}: 401", answer.status == 401, answer.status)
        account = self.api.accounts()[0]["id"]
        synced = process.until(lambda: self.api.account(account)["state"] == "ok", SYNC_SECONDS, pause=0.2)
        self.checks.check("the demo's account is synced", synced, self.api.account(account)["state"])
        for email in self.api.emails(account)[:20]:
            self.api.get(f"/api/v1/emails/{email['id']}")
            self.api.get(f"/api/v1/emails/{email['id']}/raw")
        emails = len(self.api.emails(account))
        self.checks.equal("changes of syncs are as many as there are emails", emails,
                          int(self.value("steadymail_sync_changes_total", change="created")))
        read = self.value("steadymail_requests_seconds_count", lane="interactive", outcome="success")
        self.checks.check("what is read through the API is counted as interactive", read >= 20, read)

    def troubled(self):
        """A server that goes away in the middle of its account's life."""
        dovecot = Dovecot(self.stack)
        client = Client(self.stack, dovecot.port, "bob")
        for number in range(MESSAGES):
            client.append("INBOX", "()", number, f"Subject: {number}\r\n\r\nHallo\r\n".encode())
        self.line = Proxy(self.stack, dovecot.port)
        answer = self.api.connect(f"imap://bob@127.0.0.1:{self.line.port}?tls=none", PASSWORD)
        if answer.status != 201:
            raise CannotRun(f"the account could not be connected: {answer.figure()}")
        account = answer.json()["id"]
        process.until(lambda: self.api.account(account)["state"] == "ok", SYNC_SECONDS, pause=0.2)
        before = self.value("steadymail_errors_total")
        self.line.pause()
        met = process.until(lambda: self.value("steadymail_errors_total") > before
                            and self.value("steadymail_syncs_seconds_count", outcome="network") > 0
                            and self.held_back() == 1, 120, pause=0.2)
        self.checks.check("a server that goes away: errors, failed syncs and an open circuit are counted", met,
                          f"{self.value('steadymail_errors_total'):.0f} errors, "
                          f"{self.value('steadymail_retries_total'):.0f} retries, "
                          f"{self.value('steadymail_circuit_changes_total'):.0f} changes of circuits")

    def held_back(self):
        return self.value("steadymail_circuits_open")

    def well_again(self):
        self.line.resume()
        closed = process.until(lambda: self.held_back() == 0, 120, pause=0.2)
        self.checks.check("the server is back: no circuit is open", closed, f"{self.held_back():.0f} open")


def dashboard_types(checks, stack, dashboard):
    """Grafana publishes the types of a dashboard that its schema yields; the compiler compares."""
    folder = places.scratch(stack, "grafana")
    shutil.copytree(places.REPOSITORY / "rigs" / "lab" / "grafana", folder, dirs_exist_ok=True)
    installed = process.run(["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"], 180, cwd=folder)
    if installed.code != 0:
        raise CannotRun(f"npm could not get Grafana's types: {installed.stderr.strip()[-300:]}")
    right = compiled(folder, dashboard)
    checks.check("the dashboard is one by Grafana's types", right.code == 0, right.stdout[:300])
    for name, spoil in (("an unknown field", lambda panel: panel.update(gridPosition=panel.pop("gridPos"))),
                        ("a text for a number", lambda panel: panel.update(id=str(panel["id"])))):
        wrong = copy.deepcopy(dashboard)
        spoil(wrong["panels"][1])
        checks.check(f"with {name} it is not", compiled(folder, wrong).code not in (0, None))


def compiled(folder, dashboard):
    (folder / "check.ts").write_text(
        'import type { Dashboard } from "@grafana/schema";\nimport type { Plain } from "./plain";\n'
        f"export const dashboard: Plain<Dashboard> = {json.dumps(dashboard)};\n", "utf-8")
    return process.run([folder / "node_modules" / ".bin" / "tsc", "-p", folder], 60)


def named(checks, dashboard, scrape):
    """All expressions by where they stand, after a look at the names in them."""
    rules = re.findall(r"^        expr: '(.*)'$", RULES.read_text("utf-8"), re.MULTILINE)
    panels = [target["expr"] for panel in dashboard["panels"] for target in panel.get("targets", [])]
    variables = [each["query"] for each in dashboard["templating"]["list"] if each["type"] == "query"]
    there = {line.split("{")[0].split(" ")[0] for line in scrape.splitlines() if not line.startswith("#")}
    names = {name for text in rules + panels + variables for name in NAME.findall(text)}
    checks.none("every metric of rules and dashboard is in the demo's scrape", sorted(names - there),
                f"{len(names)} names in {len(rules)} rules, {len(panels)} expressions of panels")
    rows = [line for line in scrape.splitlines() if line.startswith("steadymail_")]
    happened = {line.split("{")[0].split(" ")[0] for line in rows if float(line.rpartition(" ")[2]) > 0}
    checks.note(f"{len(rows)} rows, {len(scrape)} octets; {len(names & happened)} of the names are above zero")
    leaks = [word for word in ("bob", "127.0.0.1", "@", PASSWORD) if word in scrape]
    checks.none("no account, host or secret in the scrape", leaks)
    return {"rules": rules, "dashboard": panels}


def asked(checks, prometheus, expressions):
    checks.check("Prometheus scrapes the demo", process.until(prometheus.scraped, 30, pause=0.2))
    # Rates need two scrapes.
    process.until(lambda: prometheus.rows("count_over_time(steadymail_events_offered_total[1m]) >= 5")[0], 30, pause=0.2)
    for where, all_of_it in expressions.items():
        answers = [prometheus.rows(each.replace("$__rate_interval", "1m").replace("$provider", ".*")) for each in all_of_it]
        checks.none(f"Prometheus answers every expression of the {where}", [problem for _, problem in answers if problem],
                    f"{len(all_of_it)} expressions, {sum(bool(rows) for rows, _ in answers)} with rows now")
        if where == "dashboard":
            empty = [each for each, (rows, _) in zip(all_of_it, answers) if not rows]
            checks.none("every expression of the dashboard has rows", empty, len(all_of_it))
    process.until(lambda: all(rule["health"] == "ok" for rule in prometheus.rules()), 30, pause=0.2)
    rules = prometheus.rules()
    sick = [f"{rule['name']}: {rule['health']} {rule.get('lastError', '')}" for rule in rules if rule["health"] != "ok"]
    checks.none("every rule is evaluated without an error", sick, f"{len(rules)} rules")
    checks.equal("as many rules as in the file", len(expressions["rules"]), len(rules))
    pending = process.until(lambda: "SteadymailCircuitOpenLong" in raised(prometheus), 60, pause=0.2)
    checks.check("the open circuit is a pending alert", pending, ", ".join(raised(prometheus)))


def raised(prometheus):
    return sorted(rule["name"] for rule in prometheus.rules() if rule.get("state") in ("pending", "firing"))


if __name__ == "__main__":
    session.run(__doc__, main)
