"""Every language says everything, and nothing that nobody reads."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from switchboard.errors import SettingsError
from switchboard.languages.catalogues import Languages
from switchboard.languages.negotiation import LANGUAGES
from switchboard.protocol import RETRYABLE, Code

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "languages"
CATALOGUES: dict[str, dict[str, Any]] = {path.stem: json.loads(path.read_text()) for path in FOLDER.glob("*.json")}
GROUPS = ("loader", "shared", "customer", "server")
ENGLISH = CATALOGUES["en"]
# The forms that whole numbers up to a million choose (CLDR).
FORMS = {"en": "one other", "fr": "one other", "es": "one other", "pt": "one other", "ar": "zero one two few many other"}
FOREIGN = [language for language in LANGUAGES if language != "en"]


def forms(message: str | dict[str, str]) -> dict[str, str]:
    return {"other": message} if isinstance(message, str) else message


def holes(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def test_there_is_one_catalogue_for_each_language_we_negotiate() -> None:
    assert set(CATALOGUES) == set(LANGUAGES)
    assert [catalogue["language"] for catalogue in CATALOGUES.values()] == list(CATALOGUES)
    assert {tag for tag, catalogue in CATALOGUES.items() if catalogue["direction"] == "rtl"} == {"ar"}


@pytest.mark.parametrize("language", FOREIGN)
@pytest.mark.parametrize("group", GROUPS)
def test_every_language_has_the_keys_of_english_in_their_order(language: str, group: str) -> None:
    assert list(CATALOGUES[language][group]) == list(ENGLISH[group])


@pytest.mark.parametrize("language", FOREIGN)
def test_every_language_fills_in_what_english_does(language: str) -> None:
    wrong: dict[str, str] = {}
    for group in GROUPS:
        for key, message in ENGLISH[group].items():
            wanted = holes(forms(message)["other"])
            for form, text in forms(CATALOGUES[language][group][key]).items():
                # One, two and none are words in some languages.
                missing = wanted - holes(text) - (set() if form == "other" else {"count"})
                if missing or holes(text) - wanted:
                    wrong[f"{key}.{form}"] = text
    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_that_counts_has_every_form_of_its_language(language: str) -> None:
    messages = [(key, message) for group in GROUPS for key, message in CATALOGUES[language][group].items()]
    plural = {key: " ".join(message) for key, message in messages if isinstance(message, dict)}
    assert {key: form for key, form in plural.items() if form != FORMS.get(language)} == {}


@pytest.mark.parametrize("language", FOREIGN)
def test_nothing_was_left_in_english(language: str) -> None:
    same = {key for group in GROUPS for key, message in ENGLISH[group].items() if CATALOGUES[language][group][key] == message}
    # French says the same, letter by letter.
    assert same - ({"messages", "message"} if language == "fr" else set()) == set()


# One word for one thing, one way to address people (docs/decisions/0015-languages.md). Several hands write these files.
ANOTHER_WAY = {
    "fr": r"conversation|\btu\b|\bton\b|\bchat\b",
    "es": r"usted|conversación|\b(Escriba|Envíe|Pulse|Inténtelo|Elija|Suelte|copie)\b",
    "pt": r"ficheiro|ligação|ecrã|Guardar|\ba \w+ar…|telemóvel",
    "ar": r"محادث",
    "zh-Hans": r"[們個這說請訊]|你",
    "zh-Hant": r"[们个这说请讯]|你",
}


@pytest.mark.parametrize("language", FOREIGN)
def test_a_language_speaks_with_one_voice(language: str) -> None:
    said = {
        f"{key}: {text}"
        for group in GROUPS
        for key, message in CATALOGUES[language][group].items()
        for text in forms(message).values()
    }
    assert {line for line in said if re.search(ANOTHER_WAY[language], line)} == set()


def used(pattern: str, *folders: str) -> set[str]:
    endings = {".ts", ".tsx", ".html", ".txt", ".py"}
    files = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in endings]
    return {key for path in files if ".test." not in path.name for key in re.findall(pattern, path.read_text())}


def test_every_message_is_used_and_every_used_one_is_there() -> None:
    sides = ("widget_js/shared", "widget_js/customer")
    named = used(r'\bt\("(\w+)"', *sides) | used(r"\bwords\.(\w+)\b(?!\()", *sides)
    begun = tuple(used(r"`(\w+_)\$\{", "widget_js/shared/words.ts", *sides))
    written = {key for group in ("shared", "customer") for key in ENGLISH[group]}
    assert {key for key in written if key not in named and not key.startswith(begun)} == set()
    assert {key for key in used(r'\bt\("(\w+)"', *sides) if key not in written} == set()
    assert used(r'\.says\("(\w+)"', "templates", "src") == set(ENGLISH["server"])
    assert used(r"\bwords\.(\w+)\b", "widget_js/loader") >= set(ENGLISH["loader"])


# Only agents get them, or the form has words of its own for it, or "it could not be taken" is all there is to say.
NOT_SAID = {Code.ALREADY_TAKEN, Code.AT_CAPACITY, Code.NOBODY_ONLINE, Code.NOT_ALLOWED}


def test_every_code_that_a_visitor_can_be_refused_with_is_said() -> None:
    assert {f"refused_{code}" for code in Code if code not in RETRYABLE | NOT_SAID} <= set(ENGLISH["shared"])


def test_no_sentence_stands_in_the_code() -> None:
    found: set[str] = set()
    for path in [*(ROOT / "widget_js/shared").rglob("*.ts*"), *(ROOT / "widget_js/customer").rglob("*.ts*")]:
        text = path.read_text()
        if path.name.endswith("words.ts"):
            literals = re.findall(r"(?::|=>|\?)\s*([\"`])(.*?)\1", text)
            found |= {literal for _, literal in literals if re.search(r"[A-Za-z]", re.sub(r"\$\{[^}]*\}", "", literal))}
        elif path.suffix == ".tsx":
            found |= set(re.findall(r">\s*([A-Z][a-z]+[^<>{}]*)</", text))
            found |= set(re.findall(r"(?:aria-label|title|placeholder|alt)=\"([^\"]*[A-Za-z][^\"]*)\"", text))
    assert found == set()


def test_a_catalogue_that_is_missing_is_named_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=re.escape("en.json")):
        Languages(tmp_path)
