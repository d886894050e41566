"""python -m bench.page: what the widget costs the page that carries it, by Lighthouse. One JSON line.

The demo shop's first page with the snippet and without it, in turns, each a cold load; figures are medians.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from bench.generator import Row
from bench.stack import a_stack
from switchboard.settings import ROOT

KB = 1000
LIGHTHOUSE = ROOT / "bench" / "lighthouse"
SHOP = ROOT / "src" / "switchboard" / "embedded" / "shop" / "pages"
FLAGS = "--headless=new --no-sandbox --disable-background-networking --disable-component-update --disable-sync --no-first-run"
_TYPES = {".css": "text/css", ".svg": "image/svg+xml", ".html": "text/html; charset=utf-8"}


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.page", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="loads of each page; an odd number")
    rounds: int = parser.parse_args().rounds
    if not (LIGHTHOUSE / "node_modules").is_dir():
        subprocess.run(["npm", "ci", "--silent"], cwd=LIGHTHOUSE, check=True)
    with a_stack(agents=1) as stack, _shop(f"{stack.url}/w.js?r={stack.room}") as shop:
        loads: dict[str, list[Row]] = {"without": [], "with": []}
        for number in range(rounds):
            for page, done in loads.items():
                done.append(_measured(f"{shop}/{page}", ours=stack.url))
                print(f"round {number + 1} {page}: {done[-1]}", file=sys.stderr)
    print(json.dumps(_report(loads)))


def _report(loads: dict[str, list[Row]]) -> Row:
    bare, carrying = (_medians(loads[page]) for page in ("without", "with"))
    return {
        "bench": "page",
        "ratio_performance": round(carrying["performance"] / bare["performance"], 3),
        "ratio_performance_at_least": 0.99,
        "layout_shift": max(load["layout_shift"] for load in loads["with"]),
        "layout_shift_limit": 0,
        "widget_requests": carrying["widget_requests"],
        "widget_requests_limit": 2,
        "widget_bytes": carrying["widget_bytes"],
        "widget_bytes_limit": 8 * KB,
        "with": carrying,
        "without": bare,
    }


def _medians(loads: list[Row]) -> Row:
    return {figure: median(load[figure] for load in loads) for figure in loads[0]}


def _measured(address: str, ours: str) -> Row:
    """One cold load in a Chromium of its own."""
    with TemporaryDirectory(prefix="switchboard-bench-") as folder:
        result = Path(folder) / "result.json"
        command = ["node", str(LIGHTHOUSE / "node_modules/lighthouse/cli/index.js"), address, "--quiet", "--output=json"]
        command += [f"--output-path={result}", "--only-categories=performance", f"--chrome-flags={FLAGS}"]
        # Its profile goes into the folder, too; nothing is told to anybody.
        environment = {**os.environ, "CHROME_PATH": _chromium(), "TMPDIR": folder, "CI": "1"}
        subprocess.run([*command, "--no-enable-error-reporting"], env=environment, check=True, stdout=sys.stderr)
        return _figures(json.loads(result.read_text()), ours)


def _figures(found: dict[str, Any], ours: str) -> Row:
    audits = found["audits"]
    requests = [item for item in audits["network-requests"]["details"]["items"] if item["url"].startswith(ours)]
    return {
        "performance": found["categories"]["performance"]["score"],
        "layout_shift": audits["cumulative-layout-shift"]["numericValue"],
        "blocking_ms": round(audits["total-blocking-time"]["numericValue"], 1),
        "largest_paint_ms": round(audits["largest-contentful-paint"]["numericValue"]),
        "widget_requests": len(requests),
        "widget_bytes": sum(item["transferSize"] for item in requests),
    }


def _chromium() -> str:
    found = os.environ.get("CHROMIUM") or shutil.which("chromium")
    return found or sys.exit("Chromium is not installed: run `make system`, or set CHROMIUM to its path")


@contextmanager
def _shop(loader: str) -> Generator[str]:
    """The demo shop: /with carries the snippet, /without does not; nothing else differs."""

    class Answer(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            name = urlsplit(self.path).path.strip("/")
            file = SHOP / ("fjord.html" if name in {"with", "without"} else name)
            body = file.read_bytes() if file.is_file() else b""
            snippet = f'<script async src="{loader}"></script>' if name == "with" else ""
            body = body.replace(b"<!-- snippet -->", snippet.encode())
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", _TYPES.get(file.suffix, "text/plain"))
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            """Nothing per request."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()


if __name__ == "__main__":
    main()
