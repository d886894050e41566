"""A tenant's word in addresses, `/console/{slug}`, from the name of its business. Pure."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import count

LONGEST = 40
# Words that mean something of ours, or would be taken for it, in a path or in front of a domain.
_RESERVED = """
about abuse account accounts admin api app apps assets auth billing blog business c console customer dashboard
demo dev docs download f files forgot healthz help hooks img in inbox install internal invite legal login logout
mail media metrics new null oauth owner plan plans postmaster press pricing privacy public q readyz register
reset root rooms search security settings sign-in sign-out sign-up signin signup site smtp staff static status
support switchboard system team tenant tenants terms test turn undefined user users visitor w webhook webhooks
webmaster words www
"""
RESERVED = frozenset(_RESERVED.split())


def slugs(name: str) -> Iterator[str]:
    """Without an end, the nicest first: acme-bikes, acme-bikes-2, … A name without a Latin letter becomes business-2."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].strip("-") or "business"
    if slug not in RESERVED:
        yield slug
    for number in count(2):
        yield f"{slug}-{number}"
