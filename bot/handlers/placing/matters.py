"""Finds the complaint that a message belongs to, or may belong to.

In this order: the notice that the message replies to, the window that is open and waits for a button, the
official's question that waits for an answer, what was written ten minutes before.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from aiogram.filters import Filter
from aiogram.types import Message
from aiogram_dialog.api.entities import Context
from dishka import AsyncContainer
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.cipher import Cipher
from accounts.errors import GoneError, NotAllowedError
from bot.app.filters import WindowInputs
from bot.dialogs.complaints.entry.states import Register
from bot.dialogs.complaints.inbox.states import Cases
from bot.dialogs.complaints.kept import KeptMessages, kept_of
from bot.dialogs.complaints.mine.states import Mine
from bot.dialogs.complaints.submission.states import Complain
from bot.request_context import RequestContext
from complaints.case import ComplaintCase
from complaints.errors import ComplaintNumberError
from complaints.lifecycle import ComplaintState, LifecycleStep, may, offer_ends_on
from complaints.numbers import ComplaintNumber
from complaints.queries.cases import CaseQueries
from complaints.queries.mine import OwnQueries
from complaints.queries.open_matters import OpenMatters
from kernel.clock import almaty_date
from knowledge.intents import FoundIntent
from messaging.outbox.hours import Audience
from messaging.outbox.sent import notice_sent
from registry_data.intents import Intent

_LISTS = {Mine.list, Mine.all, Mine.self_filed, Cases.choose, Cases.lists, Cases.page}
_ENDED = {
    *(Complain.refused, Complain.added, Complain.sent, Complain.saving, Complain.unconnected, Complain.filed),
    *(Register.choose, Register.entered),
}
_WRITING = {*Complain.__all_states__, *Register.__all_states__} - _ENDED
_NUMBER = re.compile(r"(?<!\d)\d{2}-\d{8}-\d(?!\d)")
_COURTESY = {Intent.THANKS, Intent.GREETING}
_FEW_WORDS = 4  # "driving licence": a question to the registry, or the answer to "which service?"


class PlaceKind(StrEnum):
    GIVE = "give"  # to the official at once
    CITIZEN = "citizen"  # ask the citizen
    OFFICIAL = "official"
    STORY = "story"
    CLOSED = "closed"  # nothing can be added any more


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """`cases` are the complaints it may belong to, newest first; none for a story."""

    kind: PlaceKind
    messages: KeptMessages
    cases: Sequence[ComplaintCase] = ()
    emergency: FoundIntent | None = None


@dataclass(frozen=True, slots=True)
class BelongsToComplaint(Filter):
    """Gives the handler its `placement`."""

    inputs: WindowInputs

    async def __call__(self, message: Message, context: RequestContext, **data: Any) -> bool | dict[str, Any]:
        kept = kept_of(message)
        if kept.text.startswith("/") or not (kept.text or kept.file):
            return False
        container: AsyncContainer = data["dishka_container"]
        cipher = await container.get(Cipher)
        messages = KeptMessages(state=data["state"], cipher=cipher, now=context.now)
        matters = Matters(context=context, container=container, messages=messages)
        found = await self._found(matters, message, kept.text, data)
        return False if found is None else {"placement": found}

    async def _found(
        self, matters: "Matters", message: Message, text: str, data: Mapping[str, Any]
    ) -> Placement | None:
        swiped_to: Message | None = data.get("swiped_to")
        if swiped_to is not None:
            found = await matters.of_reply_to(swiped_to, text)
            if found is not None:
                return found
        window: Context | None = data.get("aiogd_context")
        if window is not None and self.inputs.take(window.state.state, message):
            return None
        return await matters.of_window(window, text) or await matters.of_person(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matters:
    context: RequestContext
    container: AsyncContainer
    messages: KeptMessages

    async def of_reply_to(self, message: Message, text: str) -> Placement | None:
        """A reply to a notice, or to what names a complaint, belongs to it; "thank you" is answered."""
        if self._courtesy(text):
            return None
        notice = await notice_sent(
            await self.container.get(AsyncSession), message.chat.id, message.message_id
        )
        if notice is None:
            return await self._named(message.text or message.caption or "", text)
        complaint = await (await self._open()).of_notice(notice.subject)
        if complaint is None:
            return None
        if notice.audience == Audience.OFFICIAL:
            return await self._of_official(complaint, text)
        case = await self._own(complaint)
        return None if case is None else self._of_citizen(case, text)

    async def _named(self, answered: str, text: str) -> Placement | None:
        """The one complaint whose number the message of the bot shows."""
        numbers = set(_NUMBER.findall(answered))
        if len(numbers) != 1:
            return None
        person = self.context.person.telegram_id
        try:
            queries = await self.container.get(CaseQueries)
            case = await queries.by_number(person, ComplaintNumber.read(numbers.pop()))
        except (ComplaintNumberError, GoneError):
            return None
        if case.person == person:
            return self._of_citizen(case, text)
        return await self._of_official(case.id, text)

    def _of_citizen(self, case: ComplaintCase, text: str) -> Placement:
        if _takes_more(case):
            return self._placed(PlaceKind.GIVE, [case], text)
        return self._asked(case, text) or self._shut(case)

    async def _of_official(self, complaint: int, text: str) -> Placement | None:
        return await self._official(complaint, text) or await self._closed(complaint)

    async def of_window(self, window: Context | None, text: str) -> Placement | None:
        """The open window waits for a button: what is typed is about its complaint, or is asked about."""
        if window is None or window.state in _LISTS:
            return None
        complaint, is_story = _complaint_of(window), window.state in _WRITING
        if (complaint is None and not is_story) or self._alone(text):
            return None
        if is_story:
            return self._placed(PlaceKind.STORY, [], text)
        if complaint is None or await self.messages.recent("no_matter") == complaint:
            return None
        if window.state.group is Cases:
            return await self._official(complaint, text)
        case = await self._own(complaint)
        return None if case is None else self._of_own(case, text)

    def _of_own(self, case: ComplaintCase, text: str) -> Placement | None:
        if case.state is ComplaintState.INFORMATION_ASKED and not self._asks(text):
            return self._placed(PlaceKind.GIVE, [case], text)
        return self._asked(case, text)

    async def of_person(self, text: str) -> Placement | None:
        """An official waits for an answer, or got one a moment ago, or has a reply to write."""
        opened = await self._open()
        person = self.context.person.telegram_id
        asked = [case for one in await opened.asked(person) if (case := await self._own(one)) is not None]
        if asked:
            if self._alone(text):
                return None
            said_question = await self.messages.recent("no_matter") is not None
            if said_question and self._asks(text):
                return None
            unsure = len(asked) > 1 or said_question or self._asks(text)
            return self._placed(PlaceKind.CITIZEN if unsure else PlaceKind.GIVE, asked, text)
        given = await self.messages.recent("given")
        case = await self._own(given) if given is not None else None
        if case is not None and _takes_more(case) and not self._alone(text) and not self._asks(text):
            is_question = self.context.catalogue.intents.asks(text)
            return self._placed(PlaceKind.CITIZEN if is_question else PlaceKind.GIVE, [case], text)
        return None

    async def of_reply(self, text: str) -> Placement | None:
        """The reply that an official has begun and not sent."""
        replying = await (await self._open()).replying(self.context.person.telegram_id)
        return None if replying is None else await self._official(replying, text)

    async def _open(self) -> OpenMatters:
        return OpenMatters(await self.container.get(AsyncSession))

    async def _own(self, complaint: int) -> ComplaintCase | None:
        try:
            return await (await self.container.get(OwnQueries)).case(
                self.context.person.telegram_id, complaint
            )
        except (GoneError, NotAllowedError):
            return None

    async def _seen(self, complaint: int) -> ComplaintCase | None:
        try:
            queries = await self.container.get(CaseQueries)
            return (await queries.of_official(self.context.person.telegram_id, complaint)).case
        except (GoneError, NotAllowedError):
            return None

    async def _official(self, complaint: int, text: str) -> Placement | None:
        case = await self._seen(complaint)
        if case is None or not (may(case.state, LifecycleStep.ANSWER) or may(case.state, LifecycleStep.ASK)):
            return None
        return self._placed(PlaceKind.OFFICIAL, [case], text)

    async def _closed(self, complaint: int) -> Placement | None:
        case = await self._seen(complaint)
        if case is None:
            return None
        return self._shut(case)

    def _shut(self, case: ComplaintCase) -> Placement:
        return Placement(kind=PlaceKind.CLOSED, messages=self.messages, cases=[case])

    def _asked(self, case: ComplaintCase, text: str) -> Placement | None:
        """Ask the citizen, if anything can still be done with the complaint."""
        answered = case.answered_on
        open_offer = answered is not None and almaty_date(self.context.now) <= offer_ends_on(answered)
        if _takes_more(case) or (open_offer and may(case.state, LifecycleStep.NOT_SOLVE)):
            return self._placed(PlaceKind.CITIZEN, [case], text)
        return None

    def _placed(self, kind: PlaceKind, cases: Sequence[ComplaintCase], text: str) -> Placement:
        wanted = self.context.catalogue.wanted(text) if text else None
        emergency = wanted if wanted is not None and wanted.intent is Intent.EMERGENCY else None
        return Placement(kind=kind, messages=self.messages, cases=cases, emergency=emergency)

    def _alone(self, text: str) -> bool:
        """The message wants something from the bot itself, and says nothing else; or names a complaint."""
        if _NUMBER.fullmatch(text.strip(" №#")):
            return True
        wanted = self.context.catalogue.wanted(text) if text else None
        return wanted is not None and not wanted.tells_more and not wanted.yields

    def _courtesy(self, text: str) -> bool:
        wanted = self.context.catalogue.wanted(text) if text else None
        return wanted is not None and wanted.intent in _COURTESY and not wanted.tells_more

    def _asks(self, text: str) -> bool:
        """A question that the registry is sure to answer, by its form too: "I was there" is no question."""
        if not text:
            return False
        reply = self.context.catalogue.knowledge.ask(text)
        if not (reply.found and reply.confident):
            return False
        return len(text.split()) <= _FEW_WORDS or self.context.catalogue.intents.asks(text)


def _complaint_of(window: Context) -> int | None:
    started = window.start_data if isinstance(window.start_data, dict) else {}
    complaint = window.dialog_data.get("complaint", started.get("complaint"))
    return complaint if window.state.group in {Mine, Cases} and isinstance(complaint, int) else None


def _takes_more(case: ComplaintCase) -> bool:
    return may(case.state, LifecycleStep.GIVE) or may(case.state, LifecycleStep.ADD)
