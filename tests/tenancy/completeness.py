"""What the product offers against what the matrix tries: one sentence per gap, which says what to add and where."""

import dataclasses
import re
from collections.abc import Iterable, Mapping
from typing import get_args, get_type_hints
from uuid import UUID

from litestar import Litestar
from litestar.routes import HTTPRoute, WebSocketRoute

from switchboard.infra.outbox import Job
from switchboard.protocol import Command
from tests.tenancy.entries import Asked, Done, Route

_MATRIX = "tests/tenancy/matrix.py"


def offered_routes(app: Litestar) -> set[str]:
    """`GET /path/{name:type}` and so on, without those that Litestar adds."""
    routes = (route for route in app.routes if isinstance(route, HTTPRoute))
    return {f"{method} {route.path}" for route in routes for method in set(route.methods) - {"HEAD", "OPTIONS"}}


def missing_routes(app: Litestar, entries: Iterable[Route]) -> list[str]:
    """Routes without an entry, path parameters that no entry names, and entries without a route."""
    known = {entry.name: entry for entry in entries}
    offered = offered_routes(app)
    gaps = [f"{name} is not in the matrix: add Route(...) to ROUTES in {_MATRIX}" for name in sorted(offered - set(known))]
    gaps += [f"{name} is no route any more: take it out of ROUTES in {_MATRIX}" for name in sorted(set(known) - offered)]
    for name, entry in known.items():
        places = {f"path.{parameter}" for parameter in re.findall(r"{(\w+):", entry.path)}
        gaps += [f"{name}: say in `ids` which id stands in {place}" for place in sorted(places - set(entry.ids))]
        gaps += [f"{name}: it holds ids, so it cannot be `no_id`"] if entry.no_id and entry.ids else []
        gaps += [] if entry.ids or entry.no_id else [f"{name}: name its ids, or say in `no_id` why there is none"]
    return gaps


def missing_sockets(app: Litestar, entries: Iterable[str]) -> list[str]:
    """Sockets without knocks."""
    offered = {route.path for route in app.routes if isinstance(route, WebSocketRoute)}
    return [f"{path} is not in the matrix: add its knocks to SOCKETS in {_MATRIX}" for path in sorted(offered - set(entries))]


def missing_commands(entries: Iterable[Asked], commands: tuple[type, ...] = get_args(Command)) -> list[str]:
    """Commands without an entry, and fields with an id that no entry names."""
    known = {entry.kind: entry for entry in entries}
    gaps = [
        f"{kind.__name__} is not in the matrix: add Asked(...) to COMMANDS in {_MATRIX}"
        for kind in commands
        if kind not in known
    ]
    for kind, entry in known.items():
        fields = {name for name, annotation in get_type_hints(kind).items() if UUID in (annotation, *get_args(annotation))}
        gaps += [
            f"{kind.__name__}.{name} is an id: say in `ids` what a foreign one must do" for name in fields - set(entry.ids)
        ]
        gaps += [] if entry.ids or entry.no_id else [f"{kind.__name__}: name its ids, or say in `no_id` why there is none"]
    return sorted(gaps)


def missing_tables(found: Iterable[str], entries: Iterable[str]) -> list[str]:
    """Tables that no test of the locks knows."""
    where = "TENANT_TABLES in tests/tenancy/probes.py, or decide that it is global (docs/decisions) and add it to GLOBAL_TABLES"
    return [f"{table} is not in the matrix: add it to {where}" for table in sorted(set(found) - set(entries))]


def missing_jobs(offered: Mapping[str, Job], entries: Iterable[Done]) -> list[str]:
    """Jobs without an entry, and fields of their fact that no entry names."""
    known = {entry.job: entry for entry in entries}
    absent = sorted(set(offered) - set(known))
    gaps = [f"{name} is not in the matrix: add Done(...) to JOBS in {_MATRIX}" for name in absent]
    for name, job in offered.items():
        fields = {field.name for field in dataclasses.fields(job.fact) if field.type is UUID}
        unnamed = sorted(fields - set(known[name].ids)) if name in known else []
        gaps += [f"{name}: {job.fact.__name__}.{field} is an id: say in `ids` which one" for field in unnamed]
    return gaps


def missing_kinds(offered: Iterable[str], entries: Iterable[str]) -> list[str]:
    """Kinds of due work without an entry."""
    what = f"add it to KINDS in {_MATRIX}, with the table of its ids"
    return [f"work of kind {kind} is not in the matrix: {what}" for kind in sorted(set(offered) - set(entries))]


def missing_sums(tables: Iterable[str], entries: Iterable[str]) -> list[str]:
    """Global tables of which nobody has said whose rows are whose."""
    what = "say in OF_TENANT of tests/tenancy/checksums.py which of its rows are a tenant's"
    return [f"{table} has no sum: {what}" for table in sorted(set(tables) - set(entries))]
