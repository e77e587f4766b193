"""Checks what doctor finds on healthy and sick accounts: exit code, the check that failed, remedy, report, secrets."""
import json
import re

from lab import mailboxes, places, session, steadymail
from lab.dovecot import PASSWORD, Dovecot
from lab.emulator import TOKEN, Emulator
from lab.listeners import ForeignName, Silent, WithoutStartTls
from lab.refusals import TRACE, error_lines

CHECKS = ["account", "host", "connection", "tls", "login", "rights", "limits"]
SECRET = "hunter2-Sauerampfer"  # never right anywhere
EXPLAINED = ["waiting", "in flight", "circuit", "retries", "served", "advice"]
LACKS_SCOPE = {"path": "/gmail/", "status": 403, "reason": "insufficientPermissions",
               "message": "Request had insufficient authentication scopes."}


def main(options, checks, stack):
    steadymail.prepare()
    rig = Rig(checks)
    dovecot = Dovecot(stack)
    mailboxes.fill(stack, dovecot, 20, seed=9, max_kb=10)
    imap_accounts(rig, dovecot)
    sick_servers(rig, dovecot, stack)
    gmail_accounts(rig, Emulator(stack, generate=10))


class Rig:
    def __init__(self, checks):
        self.checks = checks

    def run(self, account, *options, **secrets):
        return steadymail.run(["doctor", account, *options], 90, **(secrets or {"STEADYMAIL_PASSWORD": PASSWORD}))

    def healthy(self, name, account, finds, **secrets):
        """Every check passes; `finds` names what the lines of some checks must hold, as regular expressions."""
        run = self.run(account, **secrets)
        self.checks.check(f"{name}: exit 0, quiet", run.code == 0 and run.stderr == "", run.figure())
        states = found(run.stdout)
        self.checks.equal(f"{name}: every check passes", {check: "ok" for check in CHECKS},
                          {check: state for check, (state, _) in states.items()})
        for check, pattern in finds.items():
            detail = states.get(check, ("", ""))[1]
            self.checks.check(f"{name}: {check}", re.search(pattern, detail), detail[:200])
        told = [word for word in EXPLAINED if not re.search(f"^{word} ", run.stdout, re.MULTILINE)]
        self.checks.none(f"{name}: the explanation tells it all", told)
        self.report(name, account, 0, **secrets)

    def sick(self, name, account, exit_code, failed, remedy, **secrets):
        """One check fails with a remedy, later ones are not looked at, and no secret shows."""
        run = self.run(account, **secrets)
        self.checks.check(f"{name}: exit {exit_code}", run.code == exit_code, run.figure())
        before, after = CHECKS[:CHECKS.index(failed)], CHECKS[CHECKS.index(failed) + 1:]
        expected = {**{check: "ok" for check in before}, failed: "failed", **{check: "-" for check in after}}
        states = found(run.stdout)
        self.checks.equal(f"{name}: {failed} fails, {len(after)} are not checked", expected,
                          {check: state for check, (state, _) in states.items()})
        detail = states.get(failed, ("", ""))[1]
        self.checks.check(f"{name}: the remedy is told", remedy in detail, detail[:200])
        lines = error_lines(run.stderr)
        self.checks.check(f"{name}: one error line, no stack trace", len(lines) == 1 and not TRACE.search(run.stderr))
        shown = [secret for secret in (PASSWORD, TOKEN, SECRET) if secret in run.stdout + run.stderr]
        self.checks.none(f"{name}: the secret is nowhere", shown)
        self.report(name, account, exit_code, **secrets)

    def report(self, name, account, exit_code, **secrets):
        run = self.run(account, "--report", "json", **secrets)
        try:
            report = json.loads(run.stdout) if run.stdout.count("\n") == 1 else {}
        except ValueError:
            report = {}
        ok = (report.get("exit") == run.code == exit_code
              and [each["check"] for each in report.get("checks", [])] == CHECKS
              and (exit_code != 0 or "explanation" in report))
        self.checks.check(f"{name}: --report json says the same in one line", ok, run.stdout.strip()[:160])


def found(stdout):
    """State and detail of each check that has a line."""
    matches = re.finditer(r"^(ok|failed|-) +(\w+) +(.*)$", stdout, re.MULTILINE)
    return {match[2]: (match[1], match[3]) for match in matches if match[2] in CHECKS}


def imap_accounts(rig, dovecot):
    rights = {"rights": r"mailboxes, INBOX opens.*has CONDSTORE QRESYNC IDLE MOVE UIDPLUS SPECIAL-USE",
              "limits": r"requests at once"}
    rig.healthy("plain", f"imap://ada@127.0.0.1:{dovecot.port}?tls=none", {"tls": "^none", **rights})
    secured = {"tls": r"TLSv1\.[23], .* valid for \d+ more days?", **rights}
    rig.healthy("TLS", f"imaps://ada@localhost:{dovecot.tls_port}?ca={dovecot.certificate}", secured)
    rig.healthy("STARTTLS", f"imap://ada@localhost:{dovecot.port}?ca={dovecot.certificate}", secured)


def sick_servers(rig, dovecot, stack):
    plain = f"imap://ada@127.0.0.1:{dovecot.port}?tls=none"
    closed, = places.free_ports(1)
    rig.sick("wrong password", plain, 3, "login", "check both", STEADYMAIL_PASSWORD=SECRET)
    rig.sick("no secret", plain, 3, "login", "STEADYMAIL_PASSWORD", STEADYMAIL_UNUSED="1")
    rig.sick("unknown host", "imaps://ada@no-such-host.invalid", 4, "host", "check")
    rig.sick("wrong port", f"imaps://ada@127.0.0.1:{closed}", 4, "connection", "check host, port and firewall")
    rig.sick("port without TLS", f"imaps://ada@127.0.0.1:{dovecot.port}", 4, "tls", "check that the port is one for TLS")
    rig.sick("untrusted certificate", f"imaps://ada@localhost:{dovecot.tls_port}", 4, "tls", "?ca=FILE")
    foreign = ForeignName(stack, places.scratch(stack, "doctor"))
    rig.sick("wrong certificate name", f"imaps://ada@127.0.0.1:{foreign.port}?ca={foreign.certificate}", 4, "tls",
             "use the name")
    rig.checks.equal("wrong certificate name: bytes sent inside TLS", 0, len(foreign.received))
    stripped = WithoutStartTls(stack)
    rig.sick("server without STARTTLS", f"imap://ada@127.0.0.1:{stripped.port}", 4, "tls", "imaps://")
    rig.checks.check("server without STARTTLS: no login was sent", b"LOGIN" not in bytes(stripped.received).upper())
    silent = Silent(stack)
    run = rig.run(f"imap://ada@127.0.0.1:{silent.port}")
    rig.checks.check("silent server: exit 4", run.code == 4, run.figure())
    rig.checks.below("silent server: ends by itself", 20, round(run.seconds, 1), " s")
    run = rig.run(plain.replace("ada@", f"ada:{SECRET}@"))
    rig.checks.check("secret after USER: exit 2, nothing on standard output, not repeated",
                     run.code == 2 and run.stdout == "" and SECRET not in run.stderr, run.figure())


def gmail_accounts(rig, emulator):
    token = {"STEADYMAIL_TOKEN": TOKEN}
    emulator.clear_log()
    rig.healthy("Gmail", emulator.account, {"rights": "may read and change mail", "limits": "quota plan gmail"}, **token)
    changed = [row for row in emulator.log() if row["method"] != "GET" and row["status"] < 300]
    rig.checks.none("Gmail: nothing was changed", changed)
    rig.sick("wrong token", emulator.account, 3, "login", "token", STEADYMAIL_TOKEN=SECRET)
    emulator.faults(LACKS_SCOPE)
    rig.sick("missing scope", emulator.account, 3, "rights", "https://mail.google.com/", **token)
    emulator.faults({**LACKS_SCOPE, "method": "POST"})
    run = rig.run(emulator.account, **token)
    rig.checks.check("scope for reading only: told, exit 0",
                     run.code == 0 and "not change it" in found(run.stdout).get("rights", ("", ""))[1], run.figure())
    emulator.faults()


if __name__ == "__main__":
    session.run(__doc__, main)
