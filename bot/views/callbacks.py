"""What the buttons carry. It comes back from the client, so nothing of it is trusted.

Telegram allows 64 bytes; a slug has at most 48 (registry_data.schema.Slug).
"""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from bot.views.answers.card_place import NO_CASE, CardSection
from kernel.language import Language
from knowledge.journal.entries import Verdict


class CardCallback(CallbackData, prefix="c"):
    """Show `section` of the card for its case number `case` (-1 for all); cases and pages count from 0."""

    section: CardSection
    case: int = NO_CASE
    page: int = 0
    slug: str


class GuideCallback(CallbackData, prefix="g"):
    slug: str


class LanguageCallback(CallbackData, prefix="l"):
    """The language chosen; `then` is the service that a deep link asked for, or empty."""

    language: Language
    then: str = ""


class LanguageOfferAnswer(StrEnum):
    TAKE = "take"
    KEEP = "keep"


class LanguageOfferCallback(CallbackData, prefix="w"):
    """The answer to the offer to go on in the question's language."""

    answer: LanguageOfferAnswer
    language: Language


class JoinCallback(CallbackData, prefix="j"):
    """Confirm or refuse that whoever took invitation `number` joins."""

    accept: bool
    number: int


class JoinNameCallback(CallbackData, prefix="jn"):
    """Show, or hide again, the name that was given with invitation `number`."""

    show: bool
    number: int


class ComplainCallback(CallbackData, prefix="cp"):
    """Begin a complaint about the service of the card."""

    slug: str


class CaseAction(StrEnum):
    """What a citizen may begin from a notice about his complaint."""

    OPEN = "o"
    ADD = "a"
    SOLVED = "s"
    NOT_SOLVED = "n"
    AGENCY = "g"
    COURT = "c"


class CaseCallback(CallbackData, prefix="mc"):
    action: CaseAction
    complaint: int


class OfficialCaseCallback(CallbackData, prefix="oc"):
    """Open a complaint at an official's desk."""

    complaint: int


class SelfFiledCallback(CallbackData, prefix="mk"):
    """Open the dates kept of a complaint that the citizen filed himself."""

    self_filed: int


class FilingAction(StrEnum):
    """What an official may begin from a reminder."""

    OPEN = "o"
    SUBMIT = "s"
    TOMORROW = "1"
    LATER = "3"
    WAIVE = "w"
    FORM = "f"
    CALENDAR = "c"  # of no filing: number 0


class FilingCallback(CallbackData, prefix="fl"):
    action: FilingAction
    number: int


class ReportCallback(CallbackData, prefix="rp"):
    """Open the report that has this version."""

    number: int


class MenuCallback(CallbackData, prefix="m"):
    """Open the menu as a new message, or its list of life situations."""

    situations: bool = False


class NoneOfTheseCallback(CallbackData, prefix="n"):
    """None of the offered services was meant."""


class VerdictCallback(CallbackData, prefix="v"):
    """Was the answer what was needed?"""

    verdict: Verdict
    slug: str
