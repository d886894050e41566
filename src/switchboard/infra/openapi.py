"""The routes as OpenAPI 3.1: what each says of itself, and what they all have in common (`switchboard openapi`).

It is printed, not served: strangers get no list of routes, and no page loads a viewer from somewhere else.
"""

import re
from http import HTTPStatus
from typing import Any

from litestar.openapi import OpenAPIConfig
from litestar.openapi.datastructures import ResponseSpec
from msgspec import Struct

OPENAPI = OpenAPIConfig(title="Switchboard", version="1", create_examples=False)
SESSION = {"session": {"type": "apiKey", "in": "cookie", "name": "sb_session"}}
_REFERENCE = {"$ref": "#/components/schemas/Problem"}
_PROBLEM = {"application/problem+json": {"schema": _REFERENCE}, "text/html": {"schema": {"type": "string"}}}
_SIGNED_IN = ("/console", "/account")
_UNSAFE = frozenset({"post", "put", "patch", "delete"})


class Problem(Struct, rename={"kind": "type"}):
    """RFC 9457; `code` is stable and for programs, `detail` is for people and says what to do next."""

    kind: str
    status: int
    code: str
    detail: str


def answers(*statuses: int) -> dict[int, ResponseSpec]:
    """`responses=` of a route: which failures it has of its own. Those that follow from its path and method are added below."""
    return {status: ResponseSpec(Problem, generate_examples=False) for status in statuses}


def completed(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema with what holds for every route."""
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            _complete(path, method, operation)
    components = schema.setdefault("components", {})
    components["securitySchemes"] = SESSION
    components.setdefault("schemas", {})["Problem"] = {
        "type": "object",
        "required": ["type", "status", "code", "detail"],
        "properties": {"type": {"type": "string"}, "status": {"type": "integer"}, "code": {"type": "string"}}
        | {"detail": {"type": "string"}},
    }
    return schema


def _complete(path: str, method: str, operation: dict[str, Any]) -> None:
    responses: dict[str, Any] = operation["responses"]
    for status in _failures(path, method, operation):
        responses[str(status)] = {}
    if path.startswith(_SIGNED_IN):
        operation["security"] = [{"session": []}]
        if method == "get":
            responses["302"] = {"description": "To the page itself, or for browsers without a session: to sign in"}
    for status, response in responses.items():
        if (status >= "400" and "content" not in response) or _is_problem(response):
            responses[status] = {"description": HTTPStatus(int(status)).phrase, "content": _PROBLEM}
        elif status >= "300":
            response.pop("content", None)


def _failures(path: str, method: str, operation: dict[str, Any]) -> list[int]:
    found = [400] if operation.get("parameters") or "requestBody" in operation else []
    found += [401] if path.startswith(_SIGNED_IN) else []
    found += [403] if method in _UNSAFE else []
    found += [404] if re.search(r"\{|^/console", path) else []
    return found + ([413] if "requestBody" in operation else [])


def _is_problem(response: dict[str, Any]) -> bool:
    return _REFERENCE in (media.get("schema") for media in response.get("content", {}).values())
