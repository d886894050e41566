"""Which of our languages a person reads. Pure."""

ENGLISH = "en"
LANGUAGES = (ENGLISH, "zh-Hans", "zh-Hant", "pt", "fr", "es", "ar")
_TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})
_MOST_TAGS = 20


def negotiated(*wanted: str) -> str:
    """The first of these BCP 47 tags that means one of LANGUAGES; English when none does."""
    return next((language for tag in wanted if (language := _ours(tag))), ENGLISH)


def accepted(header: str) -> list[str]:
    """The tags of an Accept-Language header, the most wanted first (RFC 9110 12.5.4); those with q=0 are not wanted."""
    weighed = [_weighed(part) for part in header.split(",")[:_MOST_TAGS]]
    return [tag for weight, tag in sorted(weighed, key=lambda pair: -pair[0]) if weight > 0]


def _ours(tag: str) -> str | None:
    language, *rest = tag.strip().lower().replace("_", "-").split("-")
    if language == "zh":
        # The script decides where it is named: zh-Hans-HK is simplified.
        traditional = "hans" not in rest and not _TRADITIONAL.isdisjoint(rest)
        return "zh-Hant" if traditional else "zh-Hans"
    return language if language in LANGUAGES else None


def _weighed(part: str) -> tuple[float, str]:
    tag, _, parameter = part.partition(";")
    name, _, value = parameter.partition("=")
    if name.strip().lower() != "q":
        return 1.0, tag.strip()
    try:
        return float(value), tag.strip()
    except ValueError:
        return 0.0, tag.strip()
