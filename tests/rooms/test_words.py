"""In which language the world meets a room: its page, the loader, and the modules for those who change it later."""

import json
from typing import Any

import httpx
import pytest

from tests.cast import Cast
from tests.languages.test_catalogues import CATALOGUES

FRENCH = {"accept-language": "fr-CA,fr;q=0.9,en;q=0.8"}


def root(page: httpx.Response) -> str:
    return page.text.split("<html ", 1)[1].split(">", 1)[0]


@pytest.mark.parametrize(
    ("query", "accepts", "attributes"),
    [
        ("", "", 'lang="en" dir="ltr"'),
        ("", "zh-TW", 'lang="zh-Hant" dir="ltr"'),
        ("&lang=ar-EG", "zh-TW", 'lang="ar" dir="rtl"'),
        ("&lang=tlh,es", "zh-TW", 'lang="es" dir="ltr"'),
        ("&lang=%22%3E%3Cscript%3E", "pt", 'lang="pt" dir="ltr"'),
    ],
)
async def test_a_room_page_speaks_what_the_page_around_it_wants_then_what_the_browser_wants(
    client: httpx.AsyncClient, cast: Cast, query: str, accepts: str, attributes: str
) -> None:
    page = await client.get(f"/c/{cast.acme.room_token}?frame=1{query}", headers={"accept-language": accepts})
    assert root(page) == attributes
    language = attributes.split('"')[1]
    assert page.text.count(f"/assets/{language}.js") == 2  # preloaded, and named to the app
    assert not [other for other in CATALOGUES if other != language and f"/assets/{other}.js" in page.text]
    assert CATALOGUES[language]["server"]["needsJavaScript"] in page.text


async def test_an_address_that_ended_says_so_in_the_visitors_language(client: httpx.AsyncClient) -> None:
    page = await client.get("/c/nowhere?lang=ar")
    assert page.status_code == 404
    assert root(page) == 'lang="ar" dir="rtl"'
    assert CATALOGUES["ar"]["server"]["goneTitle"] in page.text


def in_loader(language: str) -> dict[str, str]:
    said = json.dumps({"language": language, **CATALOGUES[language]["loader"]})
    return json.loads(said.replace("{count}", "{}").replace("{business}", "{}"))


def facts(loader: httpx.Response) -> dict[str, Any]:
    return json.loads(loader.text.split("\n", 1)[0].removeprefix("window.__switchboard=").removesuffix(";"))


async def test_the_loader_brings_the_words_of_one_language_and_caches_know(client: httpx.AsyncClient, cast: Cast) -> None:
    loader = await client.get(f"/w.js?r={cast.acme.room_token}", headers=FRENCH)
    assert facts(loader)["words"] == in_loader("fr")
    assert loader.headers["vary"] == "accept-encoding, accept-language"


async def test_words_can_be_asked_for_by_any_tag(client: httpx.AsyncClient) -> None:
    for wanted, language in (("zh-HK", "zh-Hant"), ("tlh", "fr"), ("tlh,ar", "ar"), ("%00", "fr"), ("a" * 2000, "fr")):
        module = await client.get(f"/words/loader/{wanted}", headers=FRENCH)
        assert module.status_code == 200
        said = json.loads(module.text.removeprefix("export default ").rstrip(";\n"))
        assert said == in_loader(language)
        widget = await client.get(f"/words/widget/{wanted}", headers=FRENCH)
        assert widget.text == f"/* {language}.js */"
        for answer in (module, widget):
            assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
            assert answer.headers["access-control-allow-origin"] == "*"
            assert answer.headers["vary"] == "accept-encoding, accept-language"
            assert "set-cookie" not in answer.headers
