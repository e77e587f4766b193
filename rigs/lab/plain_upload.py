"""One message added to the emulator by a plain request of each kind, and its octets as they are there afterwards."""
import base64
import json
import urllib.error
import urllib.parse
import urllib.request

from lab.emulator import TOKEN
from lab.gmail import ME

UPLOAD = f"/upload{ME}/messages?uploadType="
LABELS = {"labelIds": ["INBOX"]}
BOUNDARY = b"plain-upload-boundary"


def stored(emulator, kind, content, piece):
    """What `format=raw` brings of it; None where the upload was refused."""
    try:
        made = {"json-insert": _json, "json-import": _json_import, "multipart": _multipart,
                "resumable": _resumable}[kind](emulator.root, content, piece)
    except urllib.error.HTTPError:
        return None
    _, answer = _send(f"{emulator.root}{ME}/messages/{json.loads(made)['id']}?format=raw", "GET")
    return base64.urlsafe_b64decode(json.loads(answer)["raw"] + "==")


def _json(root, content, piece, path="messages"):
    body = {"raw": base64.urlsafe_b64encode(content).decode(), **LABELS}
    return _send(f"{root}{ME}/{path}", "POST", json.dumps(body).encode(), "application/json")[1]


def _json_import(root, content, piece):
    return _json(root, content, piece, "messages/import")


def _multipart(root, content, piece):
    body = b"".join([b"--", BOUNDARY, b"\r\nContent-Type: application/json\r\n\r\n", json.dumps(LABELS).encode(),
                     b"\r\n--", BOUNDARY, b"\r\nContent-Type: message/rfc822\r\n\r\n", content,
                     b"\r\n--", BOUNDARY, b"--\r\n"])
    return _send(f"{root}{UPLOAD}multipart", "POST", body, f"multipart/related; boundary={BOUNDARY.decode()}")[1]


def _resumable(root, content, piece):
    """Raises HTTPError where no session is begun; the 308 between pieces is no error."""
    headers, _ = _send(f"{root}{UPLOAD}resumable", "POST", json.dumps(LABELS).encode(), "application/json")
    answer = b""
    for start in range(0, len(content), piece):
        part = content[start:start + piece]
        where = f"bytes {start}-{start + len(part) - 1}/{len(content)}"
        answer = _send(headers["Location"], "PUT", part, "message/rfc822", {"Content-Range": where})[1]
    return answer


def _send(url, method, body=None, content_type="", headers=()):
    """Header fields and content of the answer."""
    sent = {"Authorization": f"Bearer {TOKEN}", **({"Content-Type": content_type} if body is not None else {}),
            **dict(headers)}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, sent, method=method), timeout=60) as answer:
            return answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        if error.code != 308:
            raise
        return error.headers, error.read()
