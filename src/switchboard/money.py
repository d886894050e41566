"""Money is an integer in minor units with its currency next to it (DESIGN 4.13)."""

NO_MINOR_UNIT = frozenset(
    {"BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"}
)
THREE_DECIMALS = frozenset({"BHD", "JOD", "KWD", "OMR", "TND"})


def exponent(currency: str) -> int:
    """How many decimals the currency has: 0, 2 or 3 (ISO 4217, as Stripe counts them)."""
    return 0 if currency in NO_MINOR_UNIT else 3 if currency in THREE_DECIMALS else 2


def written(minor: int, currency: str) -> str:
    """For people: `19 USD`, `18.60 EUR`, `500 JPY`. Whole amounts have no decimals."""
    whole, part = divmod(abs(minor), 10 ** exponent(currency))
    decimals = f".{part:0{exponent(currency)}d}" if part else ""
    return f"{'-' if minor < 0 else ''}{whole}{decimals} {currency}"
