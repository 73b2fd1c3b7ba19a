"""What notices about complaints say, to citizens and to officials: the port of the room of complaints."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from accounts.cipher import Cipher
from accounts.person import Person
from accounts.store import PersonStore
from bot.catalogue import Catalogue, LiveCatalogue
from bot.complaints.citizen_words import CitizenWords
from bot.complaints.official_words import OfficialWords
from bot.request_context import RequestContext
from bot.translations import Translations
from bot.views.screen import fields
from complaints.telling import Telling
from deadlines.clock import Clock
from messaging.outbox.hours import Audience
from registry_data.schema import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class TellingWords:
    texts: Translations
    catalogue: LiveCatalogue
    clock: Clock
    cipher: Cipher

    async def __call__(
        self, session: AsyncSession, tellings: Sequence[Telling]
    ) -> Sequence[Mapping[str, Any]]:
        """The fields of sendMessage for each of those told, in his language."""
        people = await PersonStore(session).find_all({telling.recipient for telling in tellings})
        catalogue = await self.catalogue.current(session)
        return [
            await self._said(session, telling, self._talk(people[telling.recipient], catalogue))
            for telling in tellings
        ]

    def _talk(self, person: Person, catalogue: Catalogue) -> RequestContext:
        return RequestContext(
            person=person,
            language=person.reads(Language.KK),
            texts=self.texts,
            catalogue=catalogue,
            now=self.clock.now(),
        )

    async def _said(
        self, session: AsyncSession, telling: Telling, context: RequestContext
    ) -> Mapping[str, Any]:
        words = CitizenWords if telling.audience is Audience.CITIZEN else OfficialWords
        return fields(await words(session=session, context=context, cipher=self.cipher)(telling))
