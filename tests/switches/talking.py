"""What the talks about switches share: turning one from elsewhere, and looking."""

from typing import Any

import pytest
from sqlalchemy import func, select

from accounts.roles import Role
from accounts.store import PersonStore
from accounts.switches.live import REFRESH
from accounts.switches.store import SwitchStore
from accounts.switches.switch import SwitchedJob
from registry_data.schema import Language
from simulator.client import SimulatedPerson
from tests.bot.town import Town
from tests.switches.turning import seat, turn

ANSWERS, COMPLAINTS, REMINDERS = SwitchedJob
NO_ANSWERS = {
    "kk": "сұраққа жауап беру уақытша тоқтатылды",
    "ru": "ответы на вопросы временно приостановлены",
    "en": "answers to questions are paused",
}
NO_COMPLAINTS = {
    "kk": "жаңа шағым қабылдау уақытша тоқтатылды",
    "ru": "новые жалобы временно не принимаются",
    "en": "new complaints are not taken for now",
}
EVERY_LANGUAGE = pytest.mark.parametrize("language", ["kk", "ru", "en"])


async def switch(town: Town, job: SwitchedJob, *, off: bool) -> None:
    """As another process does: this one sees it when it asks the database the next time."""
    await turn(town.database, town.clock, job, off=off)
    town.clock.advance(REFRESH)


async def count(town: Town, what: type) -> int:
    async with town.database.session() as session:
        return await session.scalar(select(func.count()).select_from(what)) or 0


async def is_off(town: Town, job: SwitchedJob) -> bool:
    async with town.database.session() as session:
        return await SwitchStore(session).is_off(job)


async def administrator(town: Town, language: str = "ru") -> SimulatedPerson:
    person = await town.person(language)
    await seat(town.database, town.clock, person.number, Role.ADMINISTRATOR)
    async with town.database.unit_of_work() as unit:
        now = town.clock.now()
        await PersonStore(unit.session).keep_language(person.number, Language(language), now)
        await unit.commit()
    return person


async def last(person: SimulatedPerson) -> dict[str, Any]:
    return (await person.messages())[-1]
