"""What an official writes arrives whole, however long, and a long text never locks a window."""

import re

from accounts.roles import Role
from bot.views.callbacks import CaseAction, CaseCallback
from complaints.actions.context import citizen as by_citizen
from complaints.actions.registration import NewComplaint, register
from complaints.attachments.folder import FileFolder
from complaints.attachments.sniffing import FileKind
from complaints.facts import Complainant, ComplaintSource, Origin, ServiceDelivery
from complaints.kinds.kind import ComplaintKind
from complaints.store import AttachmentStore, ComplaintContent
from complaints.terms import Rule
from tests.bot.complaint_dialog import CitizenChat, citizen
from tests.bot.complaints_official.officials import hears, official, plain_context
from tests.bot.complaints_official.test_courses import POLICE, greet, sent
from tests.bot.live_bot import RunningBot
from tests.complaints.files import png

SENTENCE = "Куәлігіңіз дайын, оны <кез келген> бөлімнен & кез келген күні ала аласыз. "
HOW, ANSWER = "Қалай. " + SENTENCE * 50, "Жауап. " + SENTENCE * 52  # 3,800 and 3,950 characters


async def answering(live_bot: RunningBot) -> tuple[CitizenChat, CitizenChat, int]:
    """A citizen, and the official who has taken their complaint and chosen "upheld, rights restored"."""
    one = await citizen(live_bot, "kk")
    complaint = await sent(live_bot, POLICE, one)
    officer = await official(live_bot, "kk", Role.OFFICER, POLICE)
    await greet(one)
    await officer.says("/inbox")
    for data in ("list:all", f"open:{complaint}", "take", "answer", "outcome:upheld", "yes"):
        await officer.press(data)
    return one, officer, complaint


async def test_longest_answer_arrives_whole(live_bot: RunningBot):
    one, officer, complaint = await answering(live_bot)
    await officer.says(HOW)
    await officer.says(ANSWER)
    assert "1 / 2" in str(await officer.labels((await officer.person.messages())[-1]["message_id"]))
    await officer.press("confirm")
    await officer.press("text_page:1")
    assert ANSWER.strip()[-60:] in await officer.window()
    await officer.press("send")
    await hears(one, "Мәселе шешілді ме?")  # the end of the last part
    assert_whole(await one.sees())
    await one.press(CaseCallback(action=CaseAction.OPEN, complaint=complaint).pack())
    await one.press("talk")
    seen = await one.window()
    await one.press("text_page:1")
    seen += await one.window()
    assert_whole(seen)


async def test_text_over_the_limit_is_refused_and_changes_nothing(live_bot: RunningBot):
    _, officer, _ = await answering(live_bot)
    await officer.says("Бәрі берілді")
    for _ in range(6):
        await officer.says(ANSWER)
    assert "20000" in (await officer.sees()).replace("\u00a0", "")
    await officer.press("clear")
    await officer.says("Қысқа жауап")
    await officer.press("confirm")
    assert "Қысқа жауап" in await officer.window()
    await officer.press("send")
    assert "Қысқа жауап" in await officer.sees()


async def test_every_file_is_handed_out_and_every_complaint_listed(live_bot: RunningBot):
    one, _, complaint = await answering(live_bot)
    folder = FileFolder(live_bot.files)
    async with plain_context(live_bot) as context:
        for _ in range(25):
            stored = await folder.keep(png(), FileKind.PNG, live_bot.cipher.new_record_key)
            await AttachmentStore(context.session).add(stored, context.now(), complaint=complaint)
    for _ in range(9):
        await sent_again(live_bot, one)
    await one.says("/complaints")
    assert "Тағы 2 шағымыңыз бар" in await one.window()
    await one.press("all")
    await one.press(f"open:{complaint}")
    await one.press("files")
    assert len(await one.documents()) == 20
    assert "тағы 5 файл бар" in await one.sees()
    await one.press("files")
    assert len(set(await one.documents())) == 25


async def sent_again(live_bot: RunningBot, one: CitizenChat) -> None:
    async with plain_context(live_bot) as context:
        new = NewComplaint(
            organisation=POLICE,
            rule=Rule.PROVIDER,
            at=context.now(),
            origin=Origin.CITIZEN,
            complainant=Complainant.NATURAL,
            delivery=ServiceDelivery.OFFICE,
            kind=ComplaintKind.TERM,
            source=ComplaintSource.NATURAL_PERSONS,
            content=ComplaintContent(text="…"),
            person=one.person.number,
        )
        await register(context, new, by_citizen(one.person.number))


def assert_whole(seen: str) -> None:
    assert same(ANSWER) in same(seen)
    assert same(HOW) in same(seen)


def same(text: str) -> str:
    """Without what splits a text into messages, and without the quotes around it."""
    return re.sub(r"[\s«»]", "", text)
