"""A loopback server that shows pieces of HTML: many on a page, and each in a document of its own."""
import http.server
import re
import threading

# Reports what would run or load, and hinders nothing, so that what does run is seen to.
WATCHED = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self'"
HEAD = b"<!doctype html><meta charset=utf-8><title>shown</title><link rel=icon href='data:,'><body>"
PAGE, OWN = re.compile(r"/page/(\w+)/(\d+)"), re.compile(r"/own/(\w+)/(\d+)")


class Exhibition:
    """Sets of pieces by name. What is asked for besides them is remembered."""

    def __init__(self, stack, sets, per_page):
        self.sets, self.per_page = sets, per_page
        self.strays = []
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.root = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        stack.callback(self._server.server_close)
        stack.callback(self._server.shutdown)

    def pages(self, name):
        """(address, number of its first piece, its pieces) of each page of a set."""
        pieces = self.sets[name]
        return [(f"{self.root}/page/{name}/{first}", first, pieces[first:first + self.per_page])
                for first in range(0, len(pieces), self.per_page)]

    def _answer(self, path):
        if own := OWN.fullmatch(path):
            return HEAD + _octets(self.sets[own[1]][int(own[2])])
        if page := PAGE.fullmatch(path):
            name, first = page[1], int(page[2])
            shown = range(first, min(first + self.per_page, len(self.sets[name])))
            # Raw text would only break out of its container: it is shown in documents of its own.
            inside = [] if name == "none" else [b"<div class=shown>%s</div>" % _octets(self.sets[name][each])
                                                for each in shown]
            frames = [b"<iframe src=/own/%s/%d></iframe>" % (name.encode(), each) for each in shown]
            return HEAD + b"".join(inside + frames)
        return None

    def _handler(self):
        exhibition = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = 1 << 16  # head and body in one segment; two of them wait for each other's acknowledgement

            def do_GET(self):
                body = exhibition._answer(self.path)
                if body is None:
                    exhibition.strays.append(f"{self.command} {self.path}")
                self.send_response(404 if body is None else 200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Security-Policy-Report-Only", WATCHED)
                self.send_header("Content-Length", str(len(body or b"")))
                self.end_headers()
                self.wfile.write(body or b"")

            do_POST = do_GET

            def log_message(self, *unused):
                pass

        return Handler


def _octets(text):
    return text.encode("utf-8", "replace")
