"""One place of colours, and no second sheet for right-to-left."""

import re
from pathlib import Path

import pytest

BROWSER_CODE = Path(__file__).parents[2] / "widget_js"
FOLDERS = ("shared", "customer", "console", "pages", "loader")
SHEETS = [path for folder in FOLDERS for path in (BROWSER_CODE / folder).rglob("*.css") if path.name != "tokens.css"]
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\(", re.IGNORECASE)
# Sizes of the physical box: what stands left must stand right where lines begin there.
PHYSICAL = re.compile(
    r"(?:^|[;{\s])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)|left|right|float|clear)\s*:"
    r"|text-align:\s*(?:left|right)|border-(?:top|bottom)-(?:left|right)-radius"
)


def declarations(sheet: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: str(sheet.relative_to(BROWSER_CODE)))
def test_a_colour_is_spelled_in_the_tokens_only(sheet: Path) -> None:
    assert COLOUR.findall(declarations(sheet)) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: str(sheet.relative_to(BROWSER_CODE)))
def test_a_sheet_serves_both_directions(sheet: Path) -> None:
    assert PHYSICAL.findall(declarations(sheet)) == []


def test_no_component_brings_a_style_of_its_own() -> None:
    """The page's policy refuses style attributes; an object (`style={{`) goes through the object model, which it allows."""
    parts = [path for folder in FOLDERS for path in (BROWSER_CODE / folder).rglob("*.tsx")]
    assert parts
    assert [path.name for path in parts if re.search(r"\bstyle=(?!\{\{)|innerHTML|dangerouslySet", path.read_text())] == []
