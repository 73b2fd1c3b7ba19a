"""Tells heads and officials of undelivered notices, in the transaction that gave them up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from accounts.officials.membership import Membership
from accounts.officials.store import MembershipStore
from accounts.person import PersonStore
from accounts.roles import STAFF, Role
from bot.views.accounts.notices import AccountStage
from bot.views.screen import Screen, fields
from kernel.language import Language
from localisation.translations import Translations
from messaging.outbox.hours import AskWorkingDays, Audience
from messaging.outbox.reachability import unreachable_since
from messaging.outbox.undelivered import OnUndelivered, UndeliveredNotice
from notifications.notices import Notice, NoticeKind, Notices
from registry_data.store import OrganisationRepository

_BLOCKED = "unreachable"


@dataclass(frozen=True, slots=True, kw_only=True)
class UndeliveredNotices:
    """When an official blocks the bot, the heads are told once per block.

    `notifiers` are by subject: the one under "complaint" gets every undelivered notice about "complaint/…",
    for any recipient and reason.
    """

    texts: Translations
    working_days: AskWorkingDays
    notifiers: Mapping[str, OnUndelivered] = field(default_factory=dict)

    async def __call__(self, session: AsyncSession, given_up: UndeliveredNotice, now: datetime) -> None:
        notifier = self.notifiers.get(given_up.subject.partition("/")[0])
        if notifier is not None:
            await notifier(session, given_up, now)
        if given_up.reason == _BLOCKED:
            await self._tell_heads(session, given_up.recipient, now)

    async def _tell_heads(self, session: AsyncSession, lost: int, now: datetime) -> None:
        since = (await unreachable_since(session, [lost])).get(lost, now)
        notices = Notices(session=session, is_working=await self.working_days(session))
        for membership in await MembershipStore(session).of_person(lost):
            written = [
                Notice(
                    subject=NoticeKind.REACH.of(membership.number),
                    version=since.toordinal(),
                    stage=AccountStage.BLOCKED,
                    recipient=head,
                    audience=Audience.OFFICIAL,
                    due_at=now,
                    payload=await blocked_words(session, self.texts, membership, head),
                )
                for head in await heads_over(session, membership)
            ]
            await notices.write(written, now)


async def blocked_words(
    session: AsyncSession, texts: Translations, membership: Membership, reader: int
) -> dict[str, object]:
    """What `reader` is told of a member who cannot be reached."""
    language = (await PersonStore(session).find(reader)).reads(Language.KK)
    organisation = await OrganisationRepository(session).get(membership.organisation)
    text = texts.html(
        language,
        "officials.unreachable_told",
        organisation=organisation.names.in_language(language) if organisation else membership.organisation,
        role=texts.plain(language, f"officials.role_{membership.role.value}"),
    )
    return fields(Screen(text=str(text)))


async def heads_over(session: AsyncSession, membership: Membership) -> Sequence[int]:
    """A member's reachable heads, except the member; without any, the administrators."""
    members = MembershipStore(session)
    heads = [
        other.telegram_id
        for other in await members.of_organisation(membership.organisation)
        if other.role is Role.HEAD and membership.role in STAFF
    ]
    administrators = [other.telegram_id for other in await members.with_role(Role.ADMINISTRATOR)]
    lost = await unreachable_since(session, {*heads, *administrators})
    out_of_reach = {membership.telegram_id, *lost}
    for group in (heads, administrators):
        if found := [person for person in dict.fromkeys(group) if person not in out_of_reach]:
            return found
    return ()
