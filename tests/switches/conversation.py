"""Helpers for conversations about switches: turn one from elsewhere, and look."""

from typing import Any

import pytest
from localgram.client import SimulatedPerson
from sqlalchemy import func, select

from accounts.person import PersonStore
from accounts.roles import Role
from accounts.switches.store import REFRESH, SwitchStore
from accounts.switches.switch import SwitchedJob
from kernel.language import Language
from tests.bot.live_bot import RunningBot
from tests.switches.switching import add_membership, turn

ANSWERS, COMPLAINTS, REMINDERS = SwitchedJob
NO_ANSWERS = {
    "kk": "сұраққа жауап беру уақытша тоқтатылды",
    "ru": "ответы на вопросы временно приостановлены",
    "en": "answers to questions are paused",
}
NO_COMPLAINTS = {
    "kk": "жаңа шағым қабылдау уақытша тоқтатылды",
    "ru": "новые жалобы временно не принимаются",
    "en": "new complaints are paused for now",
}
EVERY_LANGUAGE = pytest.mark.parametrize("language", ["kk", "ru", "en"])


async def switch(live_bot: RunningBot, job: SwitchedJob, *, off: bool) -> None:
    """Turn a switch as another process would: the bot sees it on its next query."""
    await turn(live_bot.database, live_bot.clock, job, off=off)
    live_bot.clock.advance(REFRESH)


async def count(live_bot: RunningBot, what: type) -> int:
    async with live_bot.database.session() as session:
        return await session.scalar(select(func.count()).select_from(what)) or 0


async def is_off(live_bot: RunningBot, job: SwitchedJob) -> bool:
    async with live_bot.database.session() as session:
        return await SwitchStore(session).is_off(job)


async def administrator(live_bot: RunningBot, language: str = "ru") -> SimulatedPerson:
    person = await live_bot.person(language)
    await add_membership(live_bot.database, live_bot.clock, person.number, Role.ADMINISTRATOR)
    async with live_bot.database.unit_of_work() as unit:
        now = live_bot.clock.now()
        await PersonStore(unit.session).keep_language(person.number, Language(language), now)
        await unit.commit()
    return person


async def last(person: SimulatedPerson) -> dict[str, Any]:
    return (await person.messages())[-1]
