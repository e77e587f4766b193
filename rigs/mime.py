"""Reads the corpus by the MIME module and by Python's own parser, and compares; reads what the module writes by Python's."""
import base64
import email
import hashlib
import json
import os
import random
from collections import Counter, defaultdict
from email import policy
from pathlib import Path

from lab import contest, corpus, places, process, session

HEAP_MB = 64
# Why a message may differ, in the order in which they are looked for. The predicates are given the message, what Python found and
# what we found; a part is its type and the SHA-256 of its content.
EXPLAINED = (
    ("another end of the header: a line that is no field ends it at Python, and is left out by us",
     lambda octets, theirs, ours: has_defect(octets, "MissingHeaderBodySeparatorDefect",
                                             "FirstHeaderLineIsContinuationDefect")),
    ("a boundary twice in a row: an empty part of ours, none of Python's",
     lambda octets, theirs, ours: [part for part in ours if part[1] != EMPTY] == [part for part in theirs if part[1] != EMPTY]),
    ("a boundary that Python misses: white space behind it, or characters that end the parameter at Python",
     lambda octets, theirs, ours: has_defect(octets, "StartBoundaryNotFoundDefect", "NoBoundaryInMultipartDefect")),
    ("base64 that is damaged: the octets so far are ours, the encoded text is Python's",
     lambda octets, theirs, ours: b"base64" in octets.lower() and same_types(theirs, ours)),
    ("white space at the end of quoted-printable lines: left out by us (RFC 2045 section 6.7), kept by Python",
     lambda octets, theirs, ours: b"quoted-printable" in octets.lower() and same_types(theirs, ours)),
    ("an encoding in unusual notation: known to one of both",
     lambda octets, theirs, ours: same_types(theirs, ours)),
)
EMPTY = hashlib.sha256(b"").hexdigest()


def options(parser):
    parser.add_argument("--no-build", action="store_true", help="takes the benchmarks as they were built before")
    parser.add_argument("--written", type=int, default=2000, help="random emails that are written (default 2000)")
    parser.add_argument("--seed", type=int, help="of the random emails (default: random, printed)")
    parser.add_argument("--show", action="store_true", help="names the messages that differ")


def main(options, checks, stack):
    if not options.no_build:
        contest.build()
    messages = corpus.messages()
    folder = places.scratch(stack, "mime")
    for number, message in enumerate(messages):
        (folder / f"{number:04d}.eml").write_bytes(message.content)
    read = ours(folder)
    checks.equal(f"every message is read, with {HEAP_MB} MB of heap", len(messages), len(read))
    table, differ = defaultdict(Counter), defaultdict(list)
    for number, message in enumerate(messages):
        mine = parts_of(read[f"{number:04d}.eml"])
        reason = difference(message.content, python_parts(message.content), mine)
        kind = message.name.split("/")[0]
        table[kind]["equal" if reason is None else "differ"] += 1
        if reason is not None:
            differ[reason].append(message.name)
    print_table(checks, table)
    for reason, _ in EXPLAINED:
        checks.note(f"{len(differ.get(reason, []))} differ: {reason}")
        if options.show:
            checks.note("  " + " ".join(differ.get(reason, [])))
    checks.none("each difference is of an explained class", differ.get("", []))
    equal = sum(counts["equal"] for counts in table.values())
    checks.check("94 of 100 messages are equal", equal * 100 >= 94 * len(messages), f"{equal} of {len(messages)}")
    subjects(checks, messages, read)
    written(options, checks, places.scratch(stack, "written"))


def written(options, checks, folder):
    """Random emails, hostile texts among them: no defect, the fields that were meant and no others, and what was put in."""
    seed = random.randrange(1 << 48) if options.seed is None else options.seed
    checks.note(f"seed {seed}")
    done = java("WriteMessages", folder, options.written, seed)
    lines = [line.split(" ") for line in done.stdout.splitlines() if ".eml " in line]
    checks.equal("emails are written", options.written, len(lines))
    wrong = []
    for name, *values in lines:
        wanted = [base64.b64decode(value) for value in values]
        # Python reads UTF-8 in header fields (RFC 6532) of texts, not of octets; all else is ASCII.
        got = told(email.message_from_string((folder / name).read_bytes().decode("utf-8"), policy=policy.SMTPUTF8))
        wrong += [] if got == meant(wanted) else [f"{name}: {got} instead of {meant(wanted)}"]
    checks.none("Python reads each as it was meant, without a defect", wrong, f"{len(lines)} emails")


def meant(values):
    subject, name, _, file_name = [header(value.decode()) for value in values[:4]]
    return {"fields": ["Content-Type", "Date", "From", "MIME-Version", "Message-ID", "Subject", "To"], "defects": [],
            "subject": subject, "name": bare(name), "to": 2, "text": plain(values[2].decode()), "file name": file_name,
            "file": hashlib.sha256(values[4]).hexdigest(), "address": address(values[5].decode())}


def told(message):
    body, file = message.get_body(("plain",)), next(message.iter_attachments())
    author = message["From"].addresses[0]
    return {"fields": sorted(message.keys()), "defects": [str(defect) for part in message.walk() for defect in part.defects],
            "subject": header(str(message["Subject"])), "name": bare(author.display_name),
            "to": len(message["To"].addresses), "text": plain(body.get_content()), "file name": header(file.get_filename()),
            "file": hashlib.sha256(file.get_content()).hexdigest(), "address": address(author.addr_spec)}


def address(text):
    """Without quotes, which Python leaves out where it sees no need for them."""
    local, _, domain = text.rpartition("@")
    return (local.strip('"'), domain)


def header(text):
    """Controls are spaces in a header, and Python makes one space of several."""
    return " ".join("".join(" " if ord(c) < 32 else c for c in text).split())


def bare(name):
    """Python 3.11 keeps the white space between encoded words of a name, against RFC 2047 section 6.2."""
    return "".join(header(name).split())


def plain(text):
    return "\n".join(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")).rstrip("\n")


def ours(folder):
    lines = [json.loads(line) for line in java("ReadMessages", folder).stdout.splitlines() if line.startswith("{")]
    return {line["file"]: line for line in lines}


def java(program, *arguments):
    home = os.environ.get("JAVA_HOME")
    command = Path(home) / "bin" / "java" if home else "java"
    return process.run([command, f"-Xmx{HEAP_MB}m", "-cp", contest.JAR, f"dev.steadymail.benchmarks.mime.{program}",
                        *map(str, arguments)], 120)


def parts_of(line):
    return [(kind, None if kind.startswith("message/") else digest) for kind, _, digest in line["parts"]]


def difference(octets, theirs, mine):
    """None where equal, "" where nothing explains it."""
    if theirs == mine:
        return None
    return next((reason for reason, holds in EXPLAINED if holds(octets, theirs, mine)), "")


def python_parts(octets):
    """Python takes a message whose lines end with CR alone for one line."""
    octets = octets if b"\n" in octets else octets.replace(b"\r", b"\n")
    return list(leaves(email.message_from_bytes(octets, policy=policy.compat32)))


def leaves(message):
    """Embedded messages count by their type. A multipart without parts is text, or nothing, as it is to us."""
    if message.get_content_maintype() == "multipart" and message.is_multipart():
        for part in message.get_payload():
            yield from leaves(part)
    elif message.get_content_maintype() == "message":
        yield message.get_content_type(), None
    else:
        content = b"" if message.is_multipart() else message.get_payload(decode=True) or b""
        digest = hashlib.sha256(content.rstrip(b"\r\n").replace(b"\r", b"")).hexdigest()
        kind = message.get_content_type().split()[0]
        if not kind.startswith("multipart/"):
            yield kind, digest
        elif digest != EMPTY:
            yield "text/plain", digest


def has_defect(octets, *names):
    """Whether Python's parser says so of the message, or of a part of it."""
    message = email.message_from_bytes(octets, policy=policy.compat32)
    return any(type(defect).__name__ in names for part in message.walk() for defect in part.defects)


def same_types(theirs, mine):
    return [kind for kind, _ in theirs] == [kind for kind, _ in mine]


def subjects(checks, messages, read):
    """Subjects that are ASCII without encoded words are told alike; what is encoded, and how, is the unit tests' matter."""
    differ = []
    for number, message in enumerate(messages):
        subject = email.message_from_bytes(message.content, policy=policy.compat32)["Subject"]
        if isinstance(subject, str) and subject.isascii() and subject.isprintable() and "=?" not in subject:
            mine = read[f"{number:04d}.eml"]["subject"]
            if " ".join(subject.split()) != " ".join(mine.split()):
                differ.append(message.name)
    checks.none("plain subjects are equal", differ)


def print_table(checks, table):
    checks.note("| kind | equal | differ |")
    for kind in sorted(table):
        checks.note(f"| {kind} | {table[kind]['equal']} | {table[kind]['differ']} |")


if __name__ == "__main__":
    session.run(__doc__, main, options)
