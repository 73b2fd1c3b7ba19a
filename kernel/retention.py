"""How long what is stored is kept: for the jobs that erase, docs/privacy.md and the bot's own texts alike."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

INBOX = timedelta(days=3)  # handled updates: Telegram offers an update for a day at most
FAILED_UPDATES = timedelta(days=90)  # updates given up, encrypted, to be repeated after an upgrade
OUTBOX = timedelta(days=90)  # sent messages; a dialog may still refer to one by its placeholder
QUESTIONS = timedelta(days=90)  # unanswered questions, masked, and wrong facts reported
UNPLACED = timedelta(days=7)  # what a person wrote that no matter has taken yet
DRAFTS = timedelta(days=30)  # unfinished complaints, after their last change
STAFF_DRAFTS = timedelta(days=30)  # officials' unsent replies and entries, after their last change
SELF_FILED = timedelta(days=366)  # the words of a complaint filed elsewhere, for the text to the Agency
DOWNLOADS = timedelta(days=7)  # files that could not be fetched from Telegram
DAILY_USE = timedelta(days=2)  # what counts against a day's limits, by a keyed digest
INVITATIONS = timedelta(days=7)  # a link's validity
WRONG_GUESSES = timedelta(days=1)  # of invitation links, by a keyed digest
ASKED = timedelta(days=30)  # complaints whose person asked to be forgotten, after they are closed
COMPLAINTS = timedelta(days=5 * 365 + 2)  # personal data, after it is closed: five years, never less
OFFICIALS = COMPLAINTS + timedelta(days=366)  # who acted in office, after their first act in the case

DAYS: Final[Mapping[str, int]] = {
    "questions": QUESTIONS.days,
    "unplaced": UNPLACED.days,
    "drafts": DRAFTS.days,
    "staff_drafts": STAFF_DRAFTS.days,
    "invitations": INVITATIONS.days,
    "asked": ASKED.days,
    "years": COMPLAINTS.days // 365,
}  # what texts name as `kept`
