"""Does the time of an answer tell whether an address has an account? Medians of known and unknown addresses in turn.

    python -m bench.addresses [--asked 200]

A report, not a test: equal work is asserted by counting in tests/accounts/test_account_mail.py.
"""

import argparse
import asyncio
import json
import statistics
import sys
import time

import aiohttp

from bench.stack import Stack, a_stack

FORMS: dict[str, dict[str, str]] = {
    "/sign-in": {"password": "a wrong password"},
    "/sign-up": {"password": "maple kettle orbit", "business": "Initech"},
    "/forgot": {},
}
Times = dict[str, list[float]]


async def measured(stack: Stack, path: str, asked: int) -> Times:
    """Seconds of each answer, by who was asked for; in turn, so that a slow moment meets both."""
    times: Times = {"known": [], "unknown": []}
    headers = {"origin": stack.url}
    async with aiohttp.ClientSession(stack.url, headers=headers, cookie_jar=aiohttp.DummyCookieJar()) as http:
        async with http.get("/sign-in") as page:
            csrf = page.cookies["sb_csrf"].value
        for number in range(asked):
            for who, email in (("known", stack.emails[0]), ("unknown", f"nobody{number}@bench.example")):
                form = {**FORMS[path], "email": email, "_csrf_token": csrf}
                began = time.perf_counter()
                async with http.post(path, data=form, headers={"cookie": f"sb_csrf={csrf}"}) as answer:
                    await answer.read()
                times[who].append(time.perf_counter() - began)
    return times


async def report(stack: Stack, asked: int) -> dict[str, float]:
    """Medians in ms, and the difference as a share of the known one's."""
    found: dict[str, float] = {"asked": asked}
    for path in FORMS:
        print(f"{path} …", file=sys.stderr)
        times = await measured(stack, path, asked)
        known, unknown = (statistics.median(times[who]) * 1000 for who in ("known", "unknown"))
        name = path.strip("/").replace("-", "_")
        found |= {f"{name}_known_ms": round(known, 2), f"{name}_unknown_ms": round(unknown, 2)}
        found[f"{name}_ratio"] = round(unknown / known, 3)
    return found


def main() -> None:
    """Prints one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--asked", type=int, default=200)
    asked: int = parser.parse_args().asked
    with a_stack(1) as stack:
        print(json.dumps({"bench": "addresses", **asyncio.run(report(stack, asked))}))


if __name__ == "__main__":
    main()
