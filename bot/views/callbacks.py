"""Callback data of the buttons. It comes from the client, so nothing in it is trusted.

Telegram allows 64 bytes; a slug has at most 48 (registry_data.schema.Slug).
"""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from bot.views.answers.card_place import NO_CASE, CardSection
from complaints.digest import DigestKind
from kernel.language import Language
from knowledge.journal.entries import Verdict
from registry_data.intents import Intent


class CardCallback(CallbackData, prefix="c"):
    """Show `section` of the card for its case number `case`; cases and pages count from 0.

    Case -1 keeps what was chosen before, -2 undoes it.
    """

    section: CardSection
    case: int = NO_CASE
    page: int = 0
    slug: str


class MoreCallback(CallbackData, prefix="cm"):
    """Show the card with the next buttons; `more` counts the presses."""

    section: CardSection
    case: int = NO_CASE
    page: int = 0
    more: int = 1
    slug: str


class CasesCallback(CallbackData, prefix="cc"):
    """Show a page of the numbered cases of `section`, from 0."""

    section: CardSection
    page: int = 0
    slug: str


class ChecklistAction(StrEnum):
    OPEN = "o"
    TICK = "t"
    SEND = "s"
    DROP = "d"


class ChecklistCallback(CallbackData, prefix="ck"):
    """What to do with the documents of the card's case number `case`; `item` counts from 0."""

    action: ChecklistAction
    item: int = 0
    case: int = NO_CASE
    slug: str


class GuideCallback(CallbackData, prefix="g"):
    slug: str


class LanguageCallback(CallbackData, prefix="l"):
    """The chosen language; `then` is the service a deep link asked for, or empty."""

    language: Language
    then: str = ""


class LanguageOfferAnswer(StrEnum):
    TAKE = "take"
    KEEP = "keep"


class LanguageOfferCallback(CallbackData, prefix="w"):
    """The answer to the offer to switch to the question's language."""

    answer: LanguageOfferAnswer
    language: Language


class JoinCallback(CallbackData, prefix="j"):
    """Confirm or decline the join through invitation `number`."""

    accept: bool
    number: int


class JoinNameCallback(CallbackData, prefix="jn"):
    """Show or hide the name given with invitation `number`."""

    show: bool
    number: int


class ComplainCallback(CallbackData, prefix="cp"):
    """Start a complaint about the card's service."""

    slug: str


class CaseAction(StrEnum):
    """What a citizen can do from a notice about a complaint."""

    OPEN = "o"
    ADD = "a"
    SOLVED = "s"
    NOT_SOLVED = "n"
    AGENCY = "g"
    COURT = "c"
    ORAL = "h"  # ask for an oral hearing


class CaseCallback(CallbackData, prefix="mc"):
    action: CaseAction
    complaint: int


class OfficialCaseCallback(CallbackData, prefix="oc"):
    """Open a complaint in an official's inbox."""

    complaint: int


class OfficialLookCallback(CallbackData, prefix="ol"):
    """Open again what was hidden of a complaint: places in LookedAt and, from 1, in LookReason; 0: none."""

    complaint: int
    what: int
    reason: int = 0


class PlaceAction(StrEnum):
    """Where a message belongs that the bot has kept."""

    GIVE = "g"  # to the official who has the complaint
    NOT_SOLVED = "n"  # to the body that answered
    INTO_ANSWER = "a"  # into the official's answer
    INTO_QUESTION = "q"  # into the official's question to the citizen
    INTO_STORY = "s"  # into the complaint being written
    REGISTRY = "r"  # it is a question to the registry
    DROP = "d"


class PlaceCallback(CallbackData, prefix="pl"):
    """`complaint` is 0 where there is none."""

    action: PlaceAction
    complaint: int = 0


class ComplaintDigestCallback(CallbackData, prefix="cd"):
    """Show an official's complaints of a digest from the `start`-th on; `day` is written 20261201."""

    kind: DigestKind
    day: int
    start: int


class SelfFiledCallback(CallbackData, prefix="mk"):
    """Open the dates of a complaint the citizen filed on paper."""

    self_filed: int


class SelfFiledAction(StrEnum):
    """What came of a complaint the citizen filed elsewhere."""

    ANSWERED = "a"
    NO_ANSWER = "n"


class SelfFiledStepCallback(CallbackData, prefix="ms"):
    action: SelfFiledAction
    self_filed: int


class FilingAction(StrEnum):
    """What an official can do from a reminder."""

    OPEN = "o"
    SUBMIT = "s"
    TOMORROW = "1"
    LATER = "3"
    WAIVE = "w"
    FORM = "f"
    CALENDAR = "c"  # without a filing: number 0


class FilingCallback(CallbackData, prefix="fl"):
    action: FilingAction
    number: int


class ReportCallback(CallbackData, prefix="rp"):
    """Open this version of the report."""

    number: int


class IntentCallback(CallbackData, prefix="i"):
    """Do what the words for this intent would do."""

    intent: Intent


class MenuCallback(CallbackData, prefix="m"):
    """Open the menu as a new message, or its list of life situations."""

    situations: bool = False


class NoneOfTheseCallback(CallbackData, prefix="n"):
    """None of the offered services is right."""


class VerdictCallback(CallbackData, prefix="v"):
    """Whether the answer helped."""

    verdict: Verdict
    slug: str
