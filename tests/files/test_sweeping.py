"""What was uploaded and never sent goes; what was sent stays."""

from datetime import timedelta
from pathlib import Path

import pytest

from switchboard.files import actions
from switchboard.files.jobs import forget_unsent
from switchboard.gateways.storage import Storage
from switchboard.infra.due import Due
from switchboard.protocol import FileState
from switchboard.settings import Settings
from tests.chats.scene import a_scene
from tests.files.conftest import Talk
from tests.files.scene import a_file, say_file


async def swept(database, settings: Settings, superuser) -> None:
    """What a worker does a day later."""
    storage = Storage(None, settings.files_dir)
    for row in await superuser.fetch("select kind, tenant_id, id, since, attempts from due where kind = 'unsent_file'"):
        await forget_unsent(database, storage, Due(*row))


def stored(settings: Settings) -> list[Path]:
    return [path for path in settings.files_dir.rglob("*") if path.is_file()]


async def test_what_was_sent_stays_and_the_rest_goes(talk: Talk, database, settings, superuser) -> None:
    sent, unsent = await talk.veras.uploaded(b"sent"), await talk.veras.uploaded(b"unsent")
    await say_file(talk.vera, talk.chat, sent)
    assert len(stored(settings)) == 2
    await swept(database, settings, superuser)
    assert [path.name for path in stored(settings)] == [str(sent.file)]
    assert (await talk.bens.fetched(sent.file)).content == b"sent"
    assert (await talk.veras.find(unsent.file)).status_code == 404
    assert await superuser.fetchval("select count(*) from due where kind = 'unsent_file'") == 0


@pytest.mark.parametrize("state", list(FileState))
async def test_an_unsent_file_goes_in_whatever_state(database, cast, settings, superuser, state: FileState) -> None:
    await a_file(database, await a_scene(database, cast.acme, "Ben"), state)
    await swept(database, settings, superuser)
    assert await superuser.fetchval("select count(*) from file") == 0


async def test_a_message_that_was_refused_does_not_keep_its_file(talk: Talk, database, settings, superuser) -> None:
    file = await talk.veras.uploaded(b"bike")
    await superuser.execute("update file set cid = gen_random_uuid()")  # its message never got into the log
    await swept(database, settings, superuser)
    assert stored(settings) == []
    assert (await talk.veras.find(file.file)).status_code == 404


async def test_it_is_due_a_day_later(talk: Talk, superuser) -> None:
    await talk.veras.uploaded(b"bike")
    waits = await superuser.fetchval("select due_at - since from due where kind = 'unsent_file'")
    assert waits == actions.UNSENT_FOR == timedelta(hours=24)
