"""A file from one side of a chat to the other: only theirs, only ready, only the server's word for what it is."""

from uuid import UUID

import msgspec
import pytest

from switchboard.protocol import Code, Message, Refused, Say, SentFile
from tests.cast import Cast, a_cid
from tests.files.conftest import Talk
from tests.files.pictures import picture, webm
from tests.files.scene import as_agent, as_visitor, say_file
from tests.peers import Peer, visitor, visitor_token
from tests.stack import Stack


async def arrived(peer: Peer, file: UUID) -> SentFile:
    message = await peer.got(Message, lambda message: getattr(message.entry.body, "file", None) == file)
    assert isinstance(message.entry.body, SentFile)
    return message.entry.body


async def refused(peer: Peer, chat: UUID, file: SentFile) -> Code:
    cid = a_cid()
    await peer.send(Say(cid=cid, chat=chat, body=file))
    return (await peer.got(Refused, lambda event: event.cid == cid)).code


async def test_each_side_gets_what_the_other_sends(talk: Talk) -> None:
    for sender, peer, other, reader in (
        (talk.veras, talk.vera, talk.ben, talk.bens),
        (talk.bens, talk.ben, talk.vera, talk.veras),
    ):
        file = await sender.uploaded(b"an old bike", "bike.txt")
        await say_file(peer, talk.chat, file)
        assert await arrived(other, file.file) == file
        response = await reader.fetched(file.file)
        assert (response.status_code, response.content) == (200, b"an old bike")


async def test_of_what_a_client_says_of_its_file_only_the_id_counts(talk: Talk, superuser) -> None:
    file = await talk.veras.uploaded(b"<script>", "page.html")
    lie = msgspec.structs.replace(file, name="\u202egpj.exe", media_type="text/html", size=1, width=9, height=9, seconds=9.0)
    await say_file(talk.vera, talk.chat, lie)
    assert await arrived(talk.ben, file.file) == file
    body = await superuser.fetchval("select body from message where body->>'kind' = 'file'")
    assert msgspec.json.decode(body, type=SentFile) == file


async def test_a_file_is_told_with_what_the_server_found(talk: Talk) -> None:
    photo = await talk.veras.uploaded(picture("PNG", (64, 48)), "C:\\x\\../bike.html")
    assert (photo.name, photo.media_type, photo.width, photo.height) == ("bike.png", "image/png", 64, 48)
    note = await talk.veras.uploaded(webm(3), "note")
    assert (note.name, note.media_type, note.seconds) == ("note.webm", "audio/webm", pytest.approx(3, abs=0.05))


async def test_sent_again_with_the_same_cid_it_is_one_message(talk: Talk) -> None:
    file = await talk.veras.uploaded(b"bike")
    say = Say(cid=a_cid(), chat=talk.chat, body=file)
    for _ in range(2):
        await talk.vera.send(say)
    await arrived(talk.ben, file.file)
    await talk.ben.resume(talk.chat)
    entries = (await talk.ben.resume(talk.chat)).entries
    assert [entry.cid for entry in entries if isinstance(entry.body, SentFile)] == [say.cid]


async def test_a_file_is_in_one_message_only(talk: Talk) -> None:
    file = await talk.veras.uploaded(b"bike")
    await say_file(talk.vera, talk.chat, file)
    assert await refused(talk.vera, talk.chat, file) is Code.CID_REUSED


async def test_nobody_sends_the_file_of_somebody_else(talk: Talk, stack: Stack, cast: Cast) -> None:
    veras, bens = await talk.veras.uploaded(b"hers"), await talk.bens.uploaded(b"his")
    assert await refused(talk.ben, talk.chat, veras) is Code.NO_CHAT
    assert await refused(talk.vera, talk.chat, bens) is Code.NO_CHAT
    for business in (cast.acme, cast.globex):
        token = await visitor_token(stack, business.room_token)
        async with visitor(stack, business.room_token, token) as eve:
            if business is cast.acme:
                chat = await eve.open("Eve")
                assert await refused(eve, chat, veras) is Code.NO_CHAT
            assert await refused(eve, talk.chat, veras) is Code.NO_CHAT
    assert await refused(talk.vera, talk.chat, msgspec.structs.replace(veras, file=a_cid())) is Code.NO_CHAT


async def test_a_file_of_an_earlier_chat_cannot_be_sent_into_the_next_one(talk: Talk, stack: Stack, cast: Cast) -> None:
    file = await talk.veras.uploaded(b"bike")
    from switchboard.protocol import End, Ended

    await talk.vera.send(End(chat=talk.chat))
    await talk.ben.got(Message, lambda message: message.entry.body == Ended())
    second = await talk.vera.open()
    assert second != talk.chat
    assert await refused(talk.vera, second, file) is Code.NO_CHAT
    response = await talk.veras.upload(b"too late")
    assert (response.status_code, response.json()["code"]) == (409, "closed")


async def test_what_was_not_sent_is_found_by_its_sender_only(talk: Talk) -> None:
    file = await talk.veras.uploaded(b"not yet")
    assert (await talk.veras.find(file.file)).status_code == 200
    assert (await talk.bens.find(file.file)).status_code == 404
    await say_file(talk.vera, talk.chat, file)
    assert (await talk.bens.find(file.file)).status_code == 200


async def test_without_a_visitors_token_there_is_no_chat(talk: Talk) -> None:
    for authorization in ("", "Bearer", "Bearer x", f"Basic {talk.token}", "Bearer " + "x" * 5_000):
        assert (await talk.veras.upload(b"bike", authorization=authorization)).status_code == 404


async def test_a_session_does_not_count_on_the_visitors_path(talk: Talk) -> None:
    response = await talk.veras.upload(b"bike", authorization="", cookie=talk.bens.headers["cookie"])
    assert response.status_code == 404


async def test_agents_who_are_not_in_the_chat_cannot_upload_or_find(talk: Talk, stack: Stack, cast: Cast) -> None:
    file = await talk.veras.uploaded(b"bike")
    await say_file(talk.vera, talk.chat, file)
    for name, slug in (("Cara", "acme"), ("Gil", "globex"), ("Gil", "acme")):
        sender = await as_agent(stack, await cast.cookie(name), slug, talk.chat)
        assert (await sender.upload(b"bike")).status_code == 404
        assert (await sender.find(file.file)).status_code == 404


async def test_an_agents_upload_needs_our_own_page(talk: Talk) -> None:
    assert (await talk.bens.upload(b"bike", **{"x-csrftoken": "x"})).status_code == 403
    assert (await talk.bens.upload(b"bike", origin="https://evil.example")).status_code == 403


async def test_another_visitors_token_leads_to_no_file(talk: Talk, stack: Stack, cast: Cast) -> None:
    file = await talk.veras.uploaded(b"bike")
    await say_file(talk.vera, talk.chat, file)
    eve = as_visitor(stack, await visitor_token(stack, cast.acme.room_token), talk.chat)
    assert (await eve.find(file.file)).status_code == 404
