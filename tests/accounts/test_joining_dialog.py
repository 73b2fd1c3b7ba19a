"""Conversations of officials with the bot: invited, confirmed, standing in, revoked."""

from datetime import datetime, timedelta
from typing import Any

from localgram.client import SimulatedPerson, labels

from accounts.cipher import Cipher
from accounts.officials.joining import Invite
from accounts.officials.store import MembershipStore
from accounts.roles import Role
from kernel.clock import ALMATY
from tests.accounts.people import AccountsScenario
from tests.bot.live_bot import RunningBot

ORGANISATION = "police-shymkent"


async def invited(live_bot: RunningBot, cipher: Cipher, role: Role) -> str:
    """Create the invitation an operator issues at the command line."""
    async with live_bot.database.unit_of_work() as unit:
        invite: Invite = AccountsScenario(unit=unit, cipher=cipher).invite
        issued = await Invite(unit, invite.guard, invite.invitations, live_bot.clock)(
            None, ORGANISATION, role
        )
    return f"inv_{issued.token}"


async def introduce(person: SimulatedPerson, payload: str, name: str) -> dict[str, Any]:
    """Follow a link, accept and enter a name; return the bot's answer."""
    start = await person.start(payload)
    await person.wait_for_reply(start["message_id"])
    await person.press("✅ Принимаю и согласен")
    return await person.ask(name)


async def link_from(person: SimulatedPerson, role: str) -> str:
    """Open the person's organisation and create an invitation link."""
    window = await person.ask("/organisation")
    await person.press("➕ Пригласить")
    await person.press(role)
    seen = await person.wait_until(
        lambda all_: any("?start=" in one.get("text", "") for one in all_), window["message_id"]
    )
    text = next(one["text"] for one in seen if "?start=" in one.get("text", ""))
    return str(text.partition("?start=")[2].split()[0])


async def latest(person: SimulatedPerson, words: str) -> dict[str, Any]:
    """The newest message containing `words`."""
    seen = await person.wait_until(lambda all_: any(words in one.get("text", "") for one in all_))
    return next(one for one in reversed(seen) if words in one.get("text", ""))


async def roles(live_bot: RunningBot, person: SimulatedPerson) -> list[Role]:
    async with live_bot.database.session() as session:
        return [one.role for one in await MembershipStore(session).of_person(person.number)]


async def test_head_joins_invites_confirms_connects_and_revokes(live_bot: RunningBot, cipher: Cipher):
    head, officer, deputy = [await live_bot.person("ru") for _ in range(3)]
    joined = await introduce(head, await invited(live_bot, cipher, Role.HEAD), "Серик Ахметов")
    assert "Вам дана роль: руководитель" in joined["text"]
    for person, name in ((officer, "Айгуль Серикова"), (deputy, "Данияр Омаров")):
        answer = await introduce(person, await link_from(head, "исполнитель"), name)
        assert "подтвердит тот, кто пригласил" in answer["text"]
        assert await roles(live_bot, person) == []
        request = await latest(head, "По ссылке перешёл человек")
        assert name not in request["text"]
        await head.press("👁 Показать имя", request["message_id"])
        assert name in (await latest(head, name))["text"]
        await head.press("✅ Подтвердить", request["message_id"])
        assert name not in (await latest(head, "Подтверждено"))["text"]
        assert "исполнитель" in (await latest(person, "Вам дана роль"))["text"]
    await takes_leave(officer)
    assert "Айгуль" not in (await latest(deputy, "ваш коллега в отпуске"))["text"]
    await connects(head)
    await head.press("👥 Сотрудники")
    listed = (await head.messages())[-1]
    assert "Айгуль Серикова – исполнитель (в отпуске по 30 ноября 2026 года включительно)" in listed["text"]
    await head.press(next(label for label in labels(listed) if label.startswith("Айгуль")))
    await head.press("✂️ Отозвать роль")
    await head.press("Данияр Омаров")
    await head.press("Да, отозвать")
    assert await roles(live_bot, officer) == []
    assert "Ваша роль отозвана" in (await latest(officer, "отозвана"))["text"]
    assert "Айгуль" not in (await latest(deputy, "Незавершённая работа"))["text"]
    assert "нет роли" in (await officer.ask("/organisation"))["text"]


async def takes_leave(person: SimulatedPerson) -> None:
    await person.ask("/organisation")
    await person.press("🌴 Отпуск")
    await person.press("➕ Уйти в отпуск")
    await person.press("Данияр Омаров")
    refused = await person.ask("вчера")
    assert "Не понял даты" in refused["text"]
    sent_at = datetime.fromtimestamp(refused["date"], ALMATY)
    await person.ask(f"{sent_at:%d.%m.%Y} - {sent_at + timedelta(days=7):%d.%m.%Y}")


async def connects(head: SimulatedPerson) -> None:
    await head.ask("/organisation")
    await head.press("🔗 Подключить организацию")
    await head.press("✅ Принимаю")
    assert "Подключена" in (await head.messages())[-1]["text"]


async def test_unknown_and_used_links_get_an_explanation(live_bot: RunningBot, cipher: Cipher):
    head, stranger = await live_bot.person("ru"), await live_bot.person("ru")
    payload = await invited(live_bot, cipher, Role.HEAD)
    await head.start(payload)
    await head.wait_for_reply()
    used = await stranger.ask(f"/start {payload}")
    assert "использовано" in used["text"]
    for _ in range(5):
        assert "Такого приглашения нет" in (await stranger.ask("/start inv_guess"))["text"]
    assert "Слишком много" in (await stranger.ask(f"/start {payload}"))["text"]
    assert await roles(live_bot, stranger) == []


async def test_declined_invitation_is_closed(live_bot: RunningBot, cipher: Cipher):
    person = await live_bot.person("ru")
    payload = await invited(live_bot, cipher, Role.HEAD)
    await person.start(payload)
    await person.wait_for_reply()
    await person.press("Отказаться")
    assert "использовано" in (await person.ask(f"/start {payload}"))["text"]


async def test_list_of_requests_holds_no_name(live_bot: RunningBot, cipher: Cipher):
    head, joiner = await live_bot.person("ru"), await live_bot.person("ru")
    await introduce(head, await invited(live_bot, cipher, Role.HEAD), "Серикова Айгуль")
    await introduce(joiner, await link_from(head, "исполнитель"), "Ахметов Ерлан")
    await head.ask("/organisation")
    await head.press("⏳ Ждут подтверждения: 1")
    await live_bot.client.settle()
    shown = str(await head.messages())
    assert "сполнитель" in shown
    assert "Ахметов" not in shown
