"""What the buttons carry. It comes back from the client, so nothing of it is trusted.

Telegram allows 64 bytes; a slug has at most 48 (registry_data.schema.Slug).
"""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from bot.views.place import NO_CASE, Section
from knowledge.journal.entries import Verdict
from registry_data.schema import Language

INVITATION_LINK = "inv_"  # how the payload of an invitation's link begins


class CardPress(CallbackData, prefix="c"):
    """Show `section` of the card for its case number `case` (-1 for all); cases and pages count from 0."""

    section: Section
    case: int = NO_CASE
    page: int = 0
    slug: str


class GuidePress(CallbackData, prefix="g"):
    slug: str


class LanguagePress(CallbackData, prefix="l"):
    """The language chosen; `then` is the service that a deep link asked for, or empty."""

    language: Language
    then: str = ""


class Switch(StrEnum):
    TAKE = "take"
    KEEP = "keep"


class SwitchPress(CallbackData, prefix="w"):
    """The answer to the offer to go on in the question's language."""

    answer: Switch
    language: Language


class JoinPress(CallbackData, prefix="j"):
    """Confirm or refuse that whoever took invitation `number` joins."""

    accept: bool
    number: int


class JoinNamePress(CallbackData, prefix="jn"):
    """Show, or hide again, the name that was given with invitation `number`."""

    show: bool
    number: int


class ComplainPress(CallbackData, prefix="cp"):
    """Begin a complaint about the service of the card."""

    slug: str


class CaseDeed(StrEnum):
    """What a citizen may begin from a notice about his complaint."""

    OPEN = "o"
    ADD = "a"
    SOLVED = "s"
    NOT_SOLVED = "n"
    AGENCY = "g"
    COURT = "c"


class CasePress(CallbackData, prefix="mc"):
    deed: CaseDeed
    complaint: int


class OfficialCasePress(CallbackData, prefix="oc"):
    """Open a complaint at an official's desk."""

    complaint: int


class KeptPress(CallbackData, prefix="mk"):
    """Open the dates kept of a complaint that the citizen filed himself."""

    kept: int


class FilingDeed(StrEnum):
    """What an official may begin from a reminder."""

    OPEN = "o"
    SUBMIT = "s"
    TOMORROW = "1"
    LATER = "3"
    WAIVE = "w"
    FORM = "f"
    CALENDAR = "c"  # of no filing: number 0


class FilingPress(CallbackData, prefix="fl"):
    deed: FilingDeed
    number: int


class ReportPress(CallbackData, prefix="rp"):
    """Open the report that has this version."""

    number: int


class MenuPress(CallbackData, prefix="m"):
    """Open the menu as a new message, or its list of life situations."""

    situations: bool = False


class NonePress(CallbackData, prefix="n"):
    """None of the offered services was meant."""


class VerdictPress(CallbackData, prefix="v"):
    """Was the answer what was needed?"""

    verdict: Verdict
    slug: str
