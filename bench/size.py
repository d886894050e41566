"""python -m bench.size: what browsers load, packed with gzip -9: pages of a running server and all they name. One JSON line."""

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
_ASSET = re.compile(rb'/assets/[^"\' )]+')


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
        console = await _with_assets(doors, f"/console/{SLUG}/inbox", cookie)
    return {
        "bench": "size",
        "loader_gz_bytes": loader,
        "loader_gz_bytes_limit": 3 * KB,
        "loader_with_every_option_gz_bytes": chosen,
        "widget_open_gz_bytes": sum(widget.values()),
        "widget_open_gz_bytes_limit": 40 * KB,
        "console_gz_bytes": sum(console.values()),
        "console_gz_bytes_limit": 120 * KB,
        "widget_open": widget,
        "console": console,
    }


async def _with_assets(doors: Doors, path: str, cookie: str = "") -> dict[str, int]:
    """Sizes of a page and of all that it names, by kind."""
    page = await doors.page(path, cookie)
    found = {"html": len(gzip.compress(page, 9))}
    for address in sorted(set(_ASSET.findall(page))):
        kind = address.decode().rpartition(".")[2]
        found[kind] = found.get(kind, 0) + await _zipped(doors, address.decode())
    return found


async def _zipped(doors: Doors, path: str) -> int:
    return len(gzip.compress(await doors.page(path), 9))


if __name__ == "__main__":
    main()
