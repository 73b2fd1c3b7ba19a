"""What an official opens of a complaint is hidden five minutes after the last press in the case."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts.access_log.tables import AccessLogRow
from accounts.roles import Role
from complaints.approvals.actions import RequireApproval
from complaints.attachments.folder import FileFolder, StoredFile
from complaints.attachments.sniffing import FileKind
from complaints.draft import TextPart
from complaints.facts import ComplaintOutcome
from complaints.staff_drafts.actions import AttachToReply, ReplyDrafts, SendReply
from complaints.staff_drafts.drafts import ReplyDraft, ReplyPurpose
from complaints.store import AttachmentStore
from tests.bot.complaint_dialog import NAME, POLICE, TEXT, CitizenChat
from tests.bot.complaints_official.officials import official, plain_context
from tests.bot.complaints_official.test_inbox import FIRST, complained, opened
from tests.bot.live_bot import RunningBot
from tests.complaints.files import png

pytestmark = pytest.mark.http


async def with_file(live_bot: RunningBot) -> None:
    stored: StoredFile = await FileFolder(live_bot.files).keep(
        png(), FileKind.PNG, live_bot.cipher.new_record_key
    )
    async with plain_context(live_bot) as context:
        await AttachmentStore(context.session).add(stored, context.now(), complaint=FIRST)


async def hidden(one: CitizenChat, *words: str) -> None:
    """Wait until no message holds one of the words, and no file is left."""
    await one.person.wait_until(
        lambda seen: (
            not any(
                word in message.get("text", "") or "document" in message for message in seen for word in words
            )
        ),
        wait=60,
    )


async def test_opened_words_and_files_are_hidden_and_opened_again(live_bot: RunningBot):
    await complained(live_bot)
    await with_file(live_bot)
    officer = await official(live_bot)
    await opened(officer)
    await officer.press("take")
    assert TEXT not in await officer.sees()
    for data in ("read", "files", "look"):
        await officer.press(data)
    shown = await officer.sees()
    assert TEXT in shown
    assert NAME in shown
    assert len(await officer.documents()) == 1
    live_bot.clock.advance(timedelta(minutes=4))
    await officer.press("why")  # a press in the case: five minutes more
    live_bot.clock.advance(timedelta(minutes=4))
    assert TEXT in await officer.sees()
    live_bot.clock.advance(timedelta(minutes=2))
    await hidden(officer, TEXT, NAME)
    await officer.press(f"ol:{FIRST}:0:0")  # opened again by one press
    assert TEXT in await officer.sees()
    live_bot.clock.advance(timedelta(minutes=6))
    await hidden(officer, TEXT)


async def test_head_opens_the_files_of_an_answer_that_waits(live_bot: RunningBot):
    await complained(live_bot)
    officer, head = await official(live_bot), await official(live_bot, "ru", Role.HEAD)
    await opened(officer)
    await officer.press("take")
    stored = await FileFolder(live_bot.files).keep(png(), FileKind.PNG, live_bot.cipher.new_record_key)
    async with plain_context(live_bot) as context:
        by, replies = officer.person.number, ReplyDrafts(context)
        await RequireApproval(context)(head.person.number, POLICE, required=True)
        draft = ReplyDraft(
            purpose=ReplyPurpose.ANSWER,
            outcome=ComplaintOutcome.UPHELD,
            parts=(TextPart(message=1, text="Готово"),),
        )
        begun = await replies.begin(by, FIRST, ReplyPurpose.ANSWER)
        await replies.change(by, FIRST, lambda _: draft)
        await AttachToReply(context)(begun.id, stored)
        await SendReply(context)(by, FIRST)
    await opened(head)
    await head.press("approval")
    await head.press("answer")
    assert len(await head.documents()) == 1
    async with live_bot.database.session() as session:
        rows = (await session.execute(select(AccessLogRow.what, AccessLogRow.reason))).all()
    assert "answer,note" in [row.what for row in rows]
    live_bot.clock.advance(timedelta(minutes=6))
    await hidden(head, "Готово?")


async def test_who_does_not_hold_the_case_chooses_why(live_bot: RunningBot):
    await complained(live_bot)
    coordinator = await official(live_bot, "ru", Role.COORDINATOR)
    await opened(coordinator)
    await coordinator.press("read")
    assert TEXT not in await coordinator.sees()
    await coordinator.press("reason:quality")
    assert TEXT in await coordinator.sees()
    async with live_bot.database.session() as session:
        rows = (await session.execute(select(AccessLogRow.what, AccessLogRow.reason))).all()
    assert [tuple(row) for row in rows] == [("text,messages", "quality")]
