"""What the buttons carry. It comes back from the client, so nothing of it is trusted.

Telegram allows 64 bytes; a slug has at most 48 (registry_data.schema.Slug).
"""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from knowledge.journal.entries import Verdict
from registry_data.schema import Language

NO_CASE = -1
INVITATION_LINK = "inv_"  # how the payload of an invitation's link begins


class Section(StrEnum):
    """A part of a card that one screen shows."""

    SHORT = "s"
    DOCUMENTS = "d"
    TERM = "t"
    FEE = "f"
    WHERE = "w"
    REFUSAL = "r"
    STATUS = "u"
    RIGHTS = "n"
    COMPLAIN = "c"


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


class MenuPress(CallbackData, prefix="m"):
    """Open the menu as a new message, or its list of life situations."""

    situations: bool = False


class NonePress(CallbackData, prefix="n"):
    """None of the offered services was meant."""


class VerdictPress(CallbackData, prefix="v"):
    """Was the answer what was needed?"""

    verdict: Verdict
    slug: str
