"""How uploads and downloads stand in OpenAPI: bodies that are files, not JSON."""

from dataclasses import dataclass

from litestar.openapi.spec import OpenAPIMediaType, OpenAPIResponse, OpenAPIType, Operation, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIFormat

from switchboard.files.kinds import ENDINGS, OPAQUE

_BYTES = OpenAPIMediaType(schema=Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.BINARY))


@dataclass
class Upload(Operation):
    """The body is the file itself; its name stands percent-encoded in X-File-Name."""

    def __post_init__(self) -> None:
        self.request_body = RequestBody(content={OPAQUE: _BYTES}, required=True)


@dataclass
class Download(Operation):
    """The file, or a part of it; one of few media types, whatever was uploaded."""

    def __post_init__(self) -> None:
        content = {str(media_type): _BYTES for media_type in (OPAQUE, *ENDINGS)}
        whole, part = (OpenAPIResponse(description=text, content=content) for text in ("The file", "A part of the file"))
        self.responses = {**(self.responses or {}), "200": whole, "206": part}
