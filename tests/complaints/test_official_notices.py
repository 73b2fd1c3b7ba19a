"""What a whole life of a complaint tells officials, in three languages: nothing of whose it is."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.cipher import Cipher
from accounts.roles import Role
from accounts.store import PersonStore
from bot.catalogue import LiveCatalogue
from bot.complaints.words import TellingWords
from bot.translations import Translations
from complaints.actions.citizens import AddToComplaint, SayNotSolved, Withdraw
from complaints.actions.extending import AskExtension, DecideExtension
from complaints.actions.taking import Assign, Take
from complaints.actions.working import AskCitizen
from complaints.case import case_of
from complaints.facts import ExtensionReason
from complaints.tables import ComplaintRow
from complaints.talk import Words
from complaints.telling import Telling, Told
from database.engine import Database
from deadlines.clock import FixedClock
from messaging.outbox.hours import Audience
from messaging.outbox.tables import OutboxRow
from registry_data.schema import Language
from tests.complaints.hall import (
    AKIMAT,
    CITIZEN,
    COORDINATOR,
    HEAD,
    IIN,
    MORNING,
    NAME,
    OF_AKIMAT,
    OFFICER,
    OTHER_CITIZEN,
    PHONE,
    TEXT,
    Hall,
)
from tests.complaints.test_jobs import Office, last

TO_CITIZENS = {
    *(Told.TAKEN, Told.ASKED, Told.EXTENDED, Told.PASSED_ON, Told.PASSED_OUT, Told.ANSWERED),
    *(Told.SELF_KEPT_DUE, Told.SELF_KEPT_OVERDUE),
}
SAID = "Тағы бір айтарым бар еді"
OFFICIALS = {HEAD, OFFICER, COORDINATOR}


@dataclass(slots=True)
class Overheard:
    """The bot's own words, said to each official in each language; what was said last is sent."""

    words: TellingWords
    said: list[tuple[Telling, Mapping[str, Any]]] = field(default_factory=list)

    async def __call__(
        self, session: AsyncSession, tellings: Sequence[Telling]
    ) -> Sequence[Mapping[str, Any]]:
        return [await self._overheard(session, telling) for telling in tellings]

    async def _overheard(self, session: AsyncSession, telling: Telling) -> Mapping[str, Any]:
        payload: Mapping[str, Any] = {}
        for language in Language:
            await PersonStore(session).keep_language(telling.recipient, language, MORNING)
            (payload,) = await self.words(session, [telling])
            if telling.audience is Audience.OFFICIAL:
                self.said.append((telling, payload))
        return payload


@pytest.fixture
async def office(hall_database: Database, cipher: Cipher) -> Office:
    office = Office(hall_database, cipher)
    clock = FixedClock(MORNING)
    words = TellingWords(
        texts=Translations.load(), catalogue=LiveCatalogue(clock), clock=clock, cipher=cipher
    )
    office.words = Overheard(words)  # type: ignore[assignment]
    office.tick = office.new_tick()
    return office


async def live(office: Office) -> None:
    """New, assigned, asked, added to, extended, late, answered, not solved; one withdrawn; one of paper."""

    async def begin(hall: Hall) -> None:
        await hall.connect(AKIMAT)
        for person, role in ((OFFICER, Role.OFFICER), (HEAD, Role.HEAD), (COORDINATOR, Role.COORDINATOR)):
            await hall.seat(person, role, AKIMAT)
        hall.service = OF_AKIMAT
        await Withdraw(hall.desk)(OTHER_CITIZEN, (await hall.sent(OTHER_CITIZEN)).id)
        case = await hall.sent()
        await Assign(hall.desk)(HEAD, case.id, OFFICER)
        await AskCitizen(hall.desk)(OFFICER, case.id, Words(text=SAID))
        await AddToComplaint(hall.desk)(CITIZEN, case.id, Words(text=SAID))
        for approve in (False, True):
            await AskExtension(hall.desk)(OFFICER, case.id, 1, ExtensionReason.STUDY)
            await DecideExtension(hall.desk)(HEAD, case.id, approve=approve)

    async def end(hall: Hall) -> None:
        hall.at(date(2026, 4, 6))
        found = await hall.session.scalar(select(ComplaintRow).where(ComplaintRow.person == CITIZEN))
        assert found is not None
        await hall.answer(case_of(found))
        await SayNotSolved(hall.desk)(CITIZEN, found.id, Words(text=SAID))

    async def enter(hall: Hall) -> None:
        case = await hall.entered(by=HEAD, organisation=AKIMAT, name=NAME, number=IIN, phone=PHONE, text=TEXT)
        await Take(hall.desk)(HEAD, case.id)
        await AskExtension(hall.desk)(HEAD, await last(hall), 10, ExtensionReason.INFORMATION)

    async def redate(hall: Hall) -> None:
        changed = datetime(2026, 3, 20, 4, 0, tzinfo=MORNING.tzinfo)
        await hall.session.execute(
            update(ComplaintRow)
            .where(ComplaintRow.person == CITIZEN)
            .values(redated_at=changed, due_version=ComplaintRow.due_version + 1)
        )

    await office.work(begin)
    await office.work(redate)
    await office.work(enter)
    for day in ((3, 20, 12), (3, 27, 9), (3, 30, 9), (3, 31, 9), (4, 1, 9), (4, 2, 9), (4, 3, 9)):
        await office.ticked(*day)
    await office.work(end)


async def test_no_notice_to_an_official_says_who_complains_or_what_he_wrote(office: Office):
    await live(office)
    said: list[tuple[Telling, Mapping[str, Any]]] = office.words.said  # type: ignore[attr-defined]
    assert {telling.told for telling, _ in said} == set(Told) - TO_CITIZENS
    for telling, payload in said:
        words = json.dumps(payload, ensure_ascii=False)
        for secret in (*NAME.split(), IIN, PHONE, PHONE[2:], TEXT, SAID, "Шағымыңыз қаралды"):
            assert secret not in words, telling
        assert f'"callback_data": "oc:{telling.complaint}"' in words, telling
    async with office.database.session() as session:
        sent = await session.scalars(select(OutboxRow).where(OutboxRow.chat_id.in_(OFFICIALS)))
        assert len(sent.all()) * len(Language) == len(said)
