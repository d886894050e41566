"""One chat from both sides, over real sockets."""

from switchboard.protocol import Answered, Current, End, Ended, Inbox, InboxChange, Mark, Marked, Message, Status, Text
from tests.cast import Cast
from tests.peers import agent, visitor
from tests.stack import serving


async def test_a_visitor_and_an_agent_text_both_ways(settings, cast: Cast) -> None:
    async with serving(settings) as stack, agent(stack, "acme", await cast.cookie("Alice")) as alice:
        await alice.got(Inbox)
        async with visitor(stack, cast.acme.room_token) as vera:
            assert (await vera.got(Status, lambda status: status.online)).agents == ["Alice"]
            chat = await vera.open()
            await alice.got(InboxChange, lambda change: any(card.chat == chat for card in change.cards))
            await vera.resume(chat)
            await alice.answer(chat)
            await vera.got(Message, lambda message: isinstance(message.entry.body, Answered))
            page = await alice.resume(chat)
            assert [entry.body for entry in page.entries] == [Text(text="Does an M fit me?"), Answered()]
            await alice.said(chat, "It does.")
            await vera.got(Message, lambda message: message.entry.body == Text(text="It does."))
            ack = await vera.said(chat, "Thanks")
            await alice.got(Message, lambda message: message.entry.seq == ack.seq)
            await vera.send(Mark(chat=chat, delivered=3, read=3))
            await alice.got(Marked, lambda marked: marked.marks.visitor_read == 3)
            before = len(vera.events)
            await vera.send(End(chat=chat))
            await alice.got(Message, lambda message: message.entry.body == Ended())
            await vera.got(Current, lambda current: current.chat is None and any(current is e for e in vera.events[before:]))
