"""Who tries: each with what they hold, and the words that they must never see. All of them try what is Acme's."""

from dataclasses import dataclass

from tests.tenancy.canaries import HOUSE, TALK, TEAM, canary

_ALL = tuple(canary("acme", reach) for reach in (HOUSE, TEAM, TALK))


@dataclass(frozen=True)
class Principal:
    """`home`: the tenant whose paths they use by right. `session`: whose cookie. `talk`: the chat they are a party of."""

    name: str
    home: str
    never_sees: tuple[str, ...]
    session: str | None = None
    is_visitor: bool = False
    talk: str | None = None

    @property
    def side(self) -> str | None:
        """At which end of a socket they can sit."""
        if self.is_visitor:
            return "visitor"
        return "agent" if self.session and self.session != "ended" else None


VERA = Principal("Vera", "acme", (), is_visitor=True, talk="vera")
BEN = Principal("Ben", "acme", (), session="Ben", talk="vera")
ALICE = Principal("Alice, owner, not in the chat", "acme", _ALL[2:], session="Alice", talk="eve")
CARA = Principal("Cara, agent, not in the chat", "acme", _ALL[2:], session="Cara")
EVE = Principal("another visitor of Acme", "acme", _ALL[1:], is_visitor=True, talk="eve")
STRANGER = Principal("a visitor of Globex", "globex", _ALL, is_visitor=True, talk="globex")
GIL = Principal("Gil, owner of Globex", "globex", _ALL, session="Gil", talk="globex")
DOUBLE = Principal("Cara, also agent of Globex, there", "globex", _ALL, session="Cara")
SIGNED_OUT = Principal("Alice, signed out", "acme", _ALL, session="ended")
NOBODY = Principal("nobody", "globex", _ALL)

EVERYBODY = (VERA, BEN, ALICE, CARA, EVE, STRANGER, GIL, DOUBLE, SIGNED_OUT, NOBODY)
