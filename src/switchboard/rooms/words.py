"""What the loader and the frame say, in a language that the page asked for after they were loaded (`setLanguage`)."""

import gzip
import json
import re
from typing import Any

from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from switchboard.infra.assets import Asset, Assets, served
from switchboard.languages.catalogues import Languages
from switchboard.languages.language import Language
from switchboard.languages.negotiation import accepted

KEPT = "public, max-age=3600"
AnyRequest = Request[Any, Any, Any]


class WordsController(Controller):
    """Public modules, the same for everybody who wants the same languages. Which of ours a tag means is decided here only."""

    path = "/words"

    @get("/loader/{wanted:str}", media_type="text/javascript")
    async def of_loader(
        self, request: AnyRequest, wanted: FromPath[str], languages: NamedDependency[Languages]
    ) -> Response[bytes]:
        language = spoken(languages, request, *wanted.split(","))
        module = f"export default {json.dumps(loader_words(language), ensure_ascii=False, separators=(',', ':'))};\n".encode()
        asset = Asset("text/javascript", module, gzip.compress(module, 9, mtime=0))
        return served(request, asset, KEPT, varies_by="accept-language")

    @get("/widget/{wanted:str}", media_type="text/javascript")
    async def of_widget(
        self,
        request: AnyRequest,
        wanted: FromPath[str],
        languages: NamedDependency[Languages],
        assets: NamedDependency[Assets],
    ) -> Response[bytes]:
        language = spoken(languages, request, *wanted.split(","))
        return served(request, assets.named(f"{language.tag}.js"), KEPT, varies_by="accept-language")


def spoken(languages: Languages, request: AnyRequest, *wanted: str) -> Language:
    """What the page wants comes before what the browser accepts."""
    return languages.language(*wanted, *accepted(request.headers.get("accept-language", "")))


def loader_words(language: Language) -> dict[str, str]:
    """As the loader holds them: one nameless place in each, because it has 3 KB."""
    return {"language": language.tag, **{key: re.sub(r"\{\w+\}", "{}", said) for key, said in language.loader.items()}}
