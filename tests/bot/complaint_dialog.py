"""A citizen's complaint in the chat, from the card to its number, and a connected organisation."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientSession
from localgram.client import SimulatedPerson, is_from_bot, labels

from accounts.officials.membership import Membership
from accounts.officials.store import ConnectionStore, MembershipStore
from accounts.officials.tables import ConnectionRow
from accounts.person import PersonStore
from accounts.profile.fields import Field
from accounts.profile.store import ProfileStore
from accounts.roles import Role
from bot.views.complaints.notices import ComplaintNoticeRenderer
from complaints.actions.context import ComplaintContext
from database.engine import JoinedUnitOfWork
from deadlines.store import LiveCalendar
from kernel.language import Language
from localisation.translations import Translations
from tests.accounts.numbers import made_up_iin
from tests.bot.live_bot import RunningBot

CARD = "driving-licence"  # its provider is the police of a region
REGION, POLICE, AGENCY_BODY = "almaty", "police-almaty", "agency-department-almaty"
TEXT = "Подал документы три недели назад, до сих пор ничего не готово"
NAME = "Серикова Айгуль"
OFFICER, HEAD, AGENT = 70_001, 70_002, 70_003


async def connect(live_bot: RunningBot, organisation: str, **officials: int) -> None:
    """Connect the organisation to the bot; `officials` are its people by role."""
    async with live_bot.database.unit_of_work() as unit:
        now = live_bot.clock.now()
        accepted = ConnectionRow(organisation=organisation, accepted_by=HEAD, accepted_at=now, text="…")
        await ConnectionStore(unit.session).add(accepted)
        for role, number in officials.items():
            membership = Membership(
                number=0, telegram_id=number, organisation=organisation, role=Role(role), joined_at=now
            )
            await MembershipStore(unit.session).add(membership, None)
        await unit.commit()


@dataclass(slots=True)
class CitizenChat:
    """Counts button presses; waits for the bot to become idle before reading the chat."""

    live_bot: RunningBot
    person: SimulatedPerson
    iin: str = field(default_factory=made_up_iin)
    presses: int = 0
    agreed: set[str] = field(default_factory=set)

    async def press(self, ending: str) -> dict[str, Any]:
        """Press the newest button whose label or data ends so; return the alert."""
        self.presses += 1
        number, button = await self._find(ending)
        return await self.person.press(button, number)

    async def says(self, text: str) -> None:
        await self.live_bot.client.settle()
        await self.person.say(text)
        await self.live_bot.client.settle()

    async def sees(self) -> str:
        """All texts in the chat, newest last."""
        await self.live_bot.client.settle()
        return "\n".join(str(one.get("text", "")) for one in await self.person.messages())

    async def window(self) -> str:
        """The text of the newest message with buttons."""
        await self.live_bot.client.settle()
        shown = [
            one for one in await self.person.messages() if "inline_keyboard" in one.get("reply_markup", {})
        ]
        return str(shown[-1]["text"])

    async def documents(self) -> list[str]:
        """The names of the files the bot sent."""
        await self.live_bot.client.settle()
        messages = await self.person.messages()
        return [one["document"]["file_name"] for one in messages if "document" in one and is_from_bot(one)]

    async def labels(self, number: int) -> list[str]:
        """The labels and data of a message's buttons."""
        return next(labels(one) for one in await self.person.messages() if one["message_id"] == number)

    async def last_file(self) -> bytes:
        """The content of the last file the bot sent."""
        await self.live_bot.client.settle()
        sent = [one for one in await self.person.messages() if "document" in one and is_from_bot(one)]
        path = f"/people/{self.person.number}/files/{sent[-1]['document']['file_id']}"
        async with ClientSession(self.live_bot.simulator.url) as session, session.get(path) as answer:
            return await answer.read()

    async def _find(self, ending: str) -> tuple[int, str]:
        await self.live_bot.client.settle()
        for message in reversed(await self.person.messages()):
            for label in labels(message):
                if label.endswith(ending):
                    return int(message["message_id"]), label
        raise AssertionError(f"no button with {ending!r} in {await self.window()!r}")


async def citizen(live_bot: RunningBot, language: str = "ru", **profile: str) -> CitizenChat:
    """A person who has chosen a language and stored these values in their profile."""
    one = CitizenChat(live_bot, await live_bot.person(language))
    async with live_bot.database.unit_of_work() as unit:
        now = live_bot.clock.now()
        await PersonStore(unit.session).keep_language(one.person.number, Language(language), now)
        values = ProfileStore(unit.session, live_bot.cipher)
        for name, value in profile.items():
            await values.keep(one.person.number, Field(name), value, now)
        await unit.commit()
    return one


@asynccontextmanager
async def make_context(live_bot: RunningBot) -> AsyncIterator[ComplaintContext]:
    """The context of officials' actions outside the chat; committed at the end."""
    renderer = ComplaintNoticeRenderer(
        texts=Translations.load(),
        catalogue=live_bot.catalogue,
        clock=live_bot.clock,
        cipher=live_bot.cipher,
    )
    async with live_bot.database.unit_of_work() as unit:
        yield ComplaintContext(
            JoinedUnitOfWork(unit), live_bot.cipher, live_bot.clock, LiveCalendar(live_bot.clock), renderer
        )
        await unit.commit()


async def complain(one: CitizenChat, text: str = TEXT, name: str = NAME) -> None:
    """From the card to the summary, for a person without a profile."""
    await to_the_story(one)
    await one.says(text)
    await one.press("yes")
    await one.says(f"{name} {one.iin}")


async def to_the_story(one: CitizenChat, *, card: str = CARD, region: str | None = REGION) -> None:
    """From the card to the question what happened; `region` is None if the profile has it."""
    await one.says(f"/start svc_{card}")
    await one.press(f"cp:{card}")
    await one.press("delivery:office" if "complaint" in one.agreed else "agree:office")
    one.agreed.add("complaint")
    if region is not None:
        await one.press(f"region:{region}")
