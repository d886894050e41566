"""What can be read on a colour (WCAG 2.2, relative luminance and contrast). Colours are six hex digits."""

WHITE = "ffffff"
BLACK = "1c1a17"
"""The darkest ink of tokens.css."""


def ink_on(color: str) -> str:
    """White or black, whichever stands out more: one of the two always has 4.1 : 1, and a glyph needs 3 : 1."""
    return max(WHITE, BLACK, key=lambda ink: contrast(ink, color))


def contrast(one: str, other: str) -> float:
    """From 1 (equal) to 21 (black on white)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _parts(color: str) -> tuple[int, int, int]:
    return int(color[0:2], 16), int(color[2:4], 16), int(color[4:6], 16)
