"""What an entry of the matrix says: how something is used by right, by whom, and where ids stand in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from switchboard.protocol import Command
from tests.tenancy.principals import NOBODY, Principal
from tests.tenancy.world import Ids


@dataclass(frozen=True)
class Route:
    """`ids`: place → name of the id; a place is `path.<parameter>`, `query.<name>` or `form.<field>`.

    `of`: people of Acme who may use Acme's ids here, the first of them is the owner who must get `status`. Others get 404, or
    401 without a session; `instead` holds what else is right, with its reason beside it.
    `public`: why whoever holds the id may. `no_id`: why there is none.
    """

    method: str
    path: str
    status: int
    of: tuple[Principal, ...] = (NOBODY,)
    ids: Mapping[str, str] = field(default_factory=dict[str, str])
    form: Mapping[str, str] = field(default_factory=dict[str, str])
    public: str = ""
    no_id: str = ""
    instead: Mapping[Principal, int] = field(default_factory=dict[Principal, int])

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"


# What a foreign id must do: be refused like an absent one, or be taken like one that nobody has used.
REFUSED, AS_NEW = "refused", "as new"


@dataclass(frozen=True)
class Asked:
    """A command. `sides`: who may send it; `make`: from ids; `granted`: by which event its owner sees that it worked.

    `ids`: every field with an id → what a foreign one must do; those `of_tenant` are foreign to other tenants only.
    `waiting`: it is about a chat that nobody has answered, and `of` are those of Acme who may answer it.
    `heard`: only the other side sees that it worked.
    """

    kind: type
    sides: tuple[str, ...]
    make: Callable[[Ids], Command]
    granted: Callable[[Ids, Any], bool]
    ids: Mapping[str, str] = field(default_factory=dict[str, str])
    no_id: str = ""
    of: tuple[Principal, ...] = ()
    waiting: bool = False
    of_tenant: tuple[str, ...] = ()
    heard: bool = False


@dataclass(frozen=True)
class Knock:
    """A handshake at this tenant's path, `holding` a token (`World.token`) as cookie or in the first frame, and how it `ends`.

    WELCOME, an HTTP status before anything is accepted, or a close code.
    """

    at: str
    holding: str
    ends: int


WELCOME = 0


@dataclass(frozen=True)
class Done:
    """A job. `ids`: every field of its fact with an id → which one; `leaves`: the table in which its effect is a row."""

    job: str
    ids: Mapping[str, str]
    leaves: str
    fixed: Mapping[str, Any] = field(default_factory=dict[str, Any])
