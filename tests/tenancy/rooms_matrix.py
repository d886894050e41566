"""Rooms: everybody of the business reads them, the owner and admins change them."""

from tests.tenancy.entries import Route
from tests.tenancy.principals import ALICE, BEN, CARA, DOUBLE

AGENTS = (ALICE, BEN, CARA)
SECOND_ROOM = {"path.slug": "slug", "path.room_id": "second_room"}
OF_ACME_BUT_NO_ADMIN = {BEN: 403, CARA: 403, DOUBLE: 403}

OF_ROOMS = [
    Route("GET", "/console/{slug:str}/rooms", 200, of=AGENTS, ids={"path.slug": "slug"}),
    Route(
        *("POST", "/console/{slug:str}/rooms", 303),
        of=(ALICE,),
        ids={"path.slug": "slug"},
        form={"name": "Repairs"},
        instead=OF_ACME_BUT_NO_ADMIN,
    ),
    Route("GET", "/console/{slug:str}/rooms/{room_id:uuid}", 200, of=AGENTS, ids=SECOND_ROOM),
    *(
        Route(
            *("POST", f"/console/{{slug:str}}/rooms/{{room_id:uuid}}/{verb}", 303),
            of=(ALICE,),
            ids=SECOND_ROOM,
            form=form,
            instead=OF_ACME_BUT_NO_ADMIN,
        )
        for verb, form in (
            *(("rename", {"name": "Repairs"}), ("move", {"step": "up"})),
            *(("pause", {}), ("resume", {}), ("delete", {})),
        )
    ),
]
