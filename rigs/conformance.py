"""Runs the JUnit conformance kit of both providers against Dovecot, Cyrus and the Gmail emulator."""
import os
import time

from lab import places, process, session, surefire
from lab.cyrus import Cyrus
from lab.dovecot import PASSWORD, Dovecot
from lab.emulator import TOKEN, USER, Emulator

MODULES = ("sdk-imap", "sdk-gmail", "sdk-testkit")
RAW = ("sdk-gmail",)


def options(parser):
    parser.add_argument("--raw", action="store_true",
                        help="the Gmail provider only, against the emulator without its shim: nothing of ours answers")
    parser.add_argument("--modules", help=f"default {','.join(MODULES)}, with --raw {','.join(RAW)}")
    parser.add_argument("--pattern", default="*RealServer*", help="of the test classes (default *RealServer*)")
    parser.add_argument("--maven", nargs="*", default=[], help="further arguments for mvn, e.g. --maven=-o")
    parser.add_argument("--seconds", type=int, default=900, help="deadline of the Maven run (default 900)")


def main(options, checks, stack):
    options.modules = options.modules or ",".join(RAW if options.raw else MODULES)
    variables = raw_environment(stack) if options.raw else environment(Dovecot(stack), Cyrus(stack), Emulator(stack))
    started = time.time()
    ended = process.run(command(options), options.seconds, variables, places.REPOSITORY)
    checks.check("Maven ended with 0", ended.code == 0, f"{ended.seconds:.0f} s" if ended.code == 0 else failure(ended))
    for module in options.modules.split(","):
        report(checks, module, surefire.suites(places.REPOSITORY / module, options.pattern.strip("*"), started - 1))


def command(options):
    return ["mvn", "-q", "-B", "-pl", options.modules, "-am", "-Dquick", "test", f"-Dtest={options.pattern}",
            "-Dsurefire.failIfNoSpecifiedTests=false", *options.maven]


def environment(dovecot, cyrus, emulator):
    """What the tests named *RealServer* read; without these variables they are disabled."""
    return {**os.environ, **imap("STEADYMAIL_DOVECOT", dovecot), **imap("STEADYMAIL_CYRUS", cyrus), **gmail(emulator)}


def raw_environment(stack):
    """The emulator alone; without a shim it has no quota but 5,000 requests an hour, which the kit stays below."""
    return {**os.environ, **gmail(Emulator(stack, raw=True)), "STEADYMAIL_EMULATOR_RAW": "1"}


def gmail(emulator):
    return {"STEADYMAIL_EMULATOR_ROOT": f"{emulator.root}/",
            "STEADYMAIL_EMULATOR_TOKEN": TOKEN,
            "STEADYMAIL_EMULATOR_USER": USER}


def imap(name, server):
    return {name: f"127.0.0.1:{server.port}",
            f"{name}_TLS": f"127.0.0.1:{server.tls_port}",
            f"{name}_CA": str(server.certificate),
            f"{name}_PASSWORD": PASSWORD}


def failure(ended):
    errors = [line for line in (ended.stdout + ended.stderr).splitlines() if line.startswith("[ERROR]")]
    return f"exit {ended.code} after {ended.seconds:.0f} s: {' '.join(errors[:3])[:400]}"


def report(checks, module, suites):
    ran = sum(suite.tests - suite.skipped for suite in suites)
    checks.check(f"{module}: the kit ran", ran > 0, f"{ran} tests in {len(suites)} classes")
    failed, skipped = (sum(getattr(suite, kind) for suite in suites) for kind in ("failures", "skipped"))
    checks.note(f"{module}: {ran} tests ran, {failed} of them failed; {skipped} were skipped")
    for suite in suites:
        checks.check(f"{module}: {suite.name}", suite.failures == 0 and suite.tests > suite.skipped, suite.figure())
        for test, reason in suite.skipped_for:
            checks.note(f"skipped {test}: {reason}")


if __name__ == "__main__":
    session.run(__doc__, main, options)
