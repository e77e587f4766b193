"""Modified UTF-7, the encoding of mailbox names (RFC 3501 section 5.1.3)."""
import base64
import re


def encode(name):
    return re.sub(r"&|[^\x20-\x7e]+", _encode_run, name)


def decode(name):
    return re.sub(r"&([^-]*)-", _decode_run, name)


def _encode_run(match):
    run = match.group()
    if run == "&":
        return "&-"
    return "&" + base64.b64encode(run.encode("utf-16-be")).decode().rstrip("=").replace("/", ",") + "-"


def _decode_run(match):
    run = match.group(1)
    if not run:
        return "&"
    return base64.b64decode(run.replace(",", "/") + "=" * (-len(run) % 4)).decode("utf-16-be")
