"""python -m bench.size: what browsers load, packed with gzip -9: pages of a running server and all they name. One JSON line.

A chat of plain text loads the widget's page, what the page names and what those files import from their start. That it
loads nothing else is proved in a browser by e2e/test_later_parts.py; what comes later is counted apart.
"""

import argparse
import asyncio
import gzip
import json
import re
import sys

from bench.doors import Doors
from bench.generator import Row
from bench.stack import PASSWORD, SLUG, Stack, a_stack
from switchboard.settings import ROOT

KB = 1000
_EVERY_OPTION = "position=middle-left&icon=whatsapp&size=large&color=a8412c&hide_below=768&open_on=hover"
_ASSET = re.compile(rb'(?:href|src)="(/assets/[^"]+)"')
_AT_ONCE = re.compile(rb'(?:import|from)"\./([^"]+)"')
_LATER = re.compile(rb'import\("\./([^"]+)"\)|"later": ?"/assets/([^"]+)"')


def main() -> None:
    argparse.ArgumentParser(prog="bench.size", description=__doc__).parse_args()
    if not (ROOT / "widget_js" / "dist" / "manifest.json").is_file():
        sys.exit("the browser code is not built: run `make assets`")
    with a_stack(agents=1) as stack:
        print(json.dumps(asyncio.run(_measure(stack))))


async def _measure(stack: Stack) -> Row:
    async with Doors(stack.url) as doors:
        cookie = await doors.sign_in(stack.emails[0], PASSWORD)
        loader = await _zipped(doors, f"/w.js?r={stack.room}")
        chosen = await _zipped(doors, f"/w.js?r={stack.room}&{_EVERY_OPTION}")
        widget = await _with_assets(doors, f"/c/{stack.room}?frame=1")
        later = await _later(doors, f"/c/{stack.room}?frame=1")
        console = await _with_assets(doors, f"/console/{SLUG}/inbox", cookie)
    return {
        "bench": "size",
        "loader_gz_bytes": loader,
        "loader_gz_bytes_limit": 3 * KB,
        "loader_with_every_option_gz_bytes": chosen,
        "widget_text_chat_gz_bytes": sum(widget.values()),
        "widget_text_chat_gz_bytes_limit": 40 * KB,
        "widget_later_gz_bytes": sum(later.values()),
        "console_gz_bytes": sum(console.values()),
        "console_gz_bytes_limit": 120 * KB,
        "widget_text_chat": widget,
        "widget_later": later,
        "console": console,
    }


async def _with_assets(doors: Doors, path: str, cookie: str = "") -> dict[str, int]:
    """Sizes of a page and of all that it loads from its start, by kind."""
    page = await doors.page(path, cookie)
    found = {"html": len(gzip.compress(page, 9))}
    for address, content in (await _assets(doors, page)).items():
        kind = address.rpartition(".")[2]
        found[kind] = found.get(kind, 0) + len(gzip.compress(content, 9))
    return found


async def _assets(doors: Doors, page: bytes) -> dict[str, bytes]:
    """What a page names, and what those files import from their start."""
    due = [address.decode() for address in _ASSET.findall(page)]
    found: dict[str, bytes] = {}
    while due:
        address = due.pop()
        if address in found:
            continue
        found[address] = await doors.page(address)
        due += [f"/assets/{name.decode()}" for name in _AT_ONCE.findall(found[address]) if address.endswith(".js")]
    return found


async def _later(doors: Doors, path: str) -> dict[str, int]:
    """Sizes of what the page's files fetch when they need it."""
    page = await doors.page(path)
    assets = await _assets(doors, page)
    named = [name for content in (page, *assets.values()) for pair in _LATER.findall(content) for name in pair if name]
    return {name.decode(): await _zipped(doors, f"/assets/{name.decode()}") for name in dict.fromkeys(named)}


async def _zipped(doors: Doors, path: str) -> int:
    return len(gzip.compress(await doors.page(path), 9))


if __name__ == "__main__":
    main()
