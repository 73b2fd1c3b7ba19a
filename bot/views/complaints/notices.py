"""Renders notices about complaints to citizens and officials: a port of `complaints`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from accounts.cipher import Cipher
from accounts.person import PersonStore
from bot.request_context import ReaderContexts, RequestContext
from bot.views.complaints.citizen_notice import CitizenNoticeRenderer
from bot.views.complaints.official_digest import OfficialDigestView
from bot.views.complaints.official_notice import OfficialNoticeRenderer
from bot.views.screen import fields
from complaints.digest import ComplaintDigest
from complaints.notifier import ComplaintNotification
from kernel.clock import Clock
from knowledge.catalogue import LiveCatalogue
from localisation.translations import Translations
from messaging.outbox.hours import Audience


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintNoticeRenderer:
    texts: Translations
    catalogue: LiveCatalogue
    clock: Clock
    cipher: Cipher

    async def __call__(
        self, session: AsyncSession, notifications: Sequence[ComplaintNotification]
    ) -> Sequence[Mapping[str, Any]]:
        """The sendMessage fields for each recipient, in their language."""
        people = await PersonStore(session).find_all(
            {notification.recipient for notification in notifications}
        )
        catalogue = await self.catalogue.current(session)
        return [
            await self._said(
                session, notification, self._readers.of_person(people[notification.recipient], catalogue)
            )
            for notification in notifications
        ]

    async def digest(self, session: AsyncSession, digest: ComplaintDigest) -> Mapping[str, Any]:
        """The sendMessage fields of an official's digest; a single complaint is told of in a sentence."""
        context = await self._readers.of(session, digest.recipient)
        if len(digest.cases) == 1:
            single = OfficialNoticeRenderer(session=session, context=context, cipher=self.cipher)
            return fields(await single.due(digest.cases[0]))
        return fields(OfficialDigestView(context).screen(digest))

    @property
    def _readers(self) -> ReaderContexts:
        return ReaderContexts(texts=self.texts, catalogue=self.catalogue, clock=self.clock)

    async def _said(
        self, session: AsyncSession, notification: ComplaintNotification, context: RequestContext
    ) -> Mapping[str, Any]:
        renderer = (
            CitizenNoticeRenderer if notification.audience is Audience.CITIZEN else OfficialNoticeRenderer
        )
        return fields(await renderer(session=session, context=context, cipher=self.cipher)(notification))
