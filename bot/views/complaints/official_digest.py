"""An official's digest of complaints: how many stand at each step, and ten of them by due date."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from aiogram.types import InlineKeyboardButton

from bot.request_context import RequestContext
from bot.views.answers.labels import label_of
from bot.views.callbacks import ComplaintDigestCallback, OfficialCaseCallback
from bot.views.complaints.complaint import organisation_name
from bot.views.screen import Screen, button, in_rows, keyboard
from bot.views.text import shorten
from complaints.digest import ComplaintDigest, DueCase
from complaints.notifier import NotificationTopic
from complaints.numbers import ComplaintNumber
from localisation.formats import day

ROWS = 10
_LONGEST_NAME = 80  # characters of an organisation in a row
_COUNTED: Final = (
    NotificationTopic.OVERDUE,
    NotificationTopic.DUE_TODAY,
    NotificationTopic.ONE_DAY,
    NotificationTopic.TWO_DAYS,
    NotificationTopic.EXTENSION_UNTOLD,
)


@dataclass(frozen=True, slots=True)
class OfficialDigestView:
    context: RequestContext

    def screen(self, digest: ComplaintDigest, start: int = 0) -> Screen:
        """Ten complaints from the `start`-th on; a button leads to the rest."""
        start = start if 0 <= start < len(digest.cases) else 0
        shown = digest.cases[start : start + ROWS]
        lines = [*self._head(digest), *self._rows(digest, shown)]
        if len(shown) < len(digest.cases):
            last, count = start + len(shown), len(digest.cases)
            lines += ["", self._html("digest_range", first=start + 1, last=last, count=count)]
        board = keyboard([*self._opening(shown), self._turning(digest, start)])
        return Screen(text="\n".join(lines), keyboard=board)

    def _head(self, digest: ComplaintDigest) -> list[str]:
        counts = digest.counts
        heading = self._html(f"heading_{digest.stage.kind}", count=len(digest.cases))
        counted = [topic for topic in _COUNTED if counts.get(topic)]
        return [heading, *(self._html(f"count_{topic.value}", count=counts[topic]) for topic in counted)]

    def _rows(self, digest: ComplaintDigest, shown: Sequence[DueCase]) -> list[str]:
        several = len({case.organisation for case in digest.cases}) > 1
        lines: list[str] = []
        for due_on, cases in groupby(shown, key=lambda case: case.due_on):
            count, on = digest.days[due_on], day(due_on, self.context.language)
            lines += ["", self._html("digest_day", day=on, count=count)]
            lines += [self._row(case, several=several) for case in cases]
        return lines

    def _row(self, case: DueCase, *, several: bool) -> str:
        organisation = organisation_name(self.context, case.organisation) if several else ""
        return self._html(
            "digest_row",
            mark=self.context.plain(f"told_official.mark_{case.topic.value}"),
            number=str(ComplaintNumber.of(case.number)),
            service=self._label(case.service),
            organisation=shorten(organisation, _LONGEST_NAME),
        )

    def _label(self, slug: str | None) -> str:
        card = self.context.catalogue.cards.get(slug or "")
        return label_of(card, self.context.language) if card else self.context.plain("complaint.no_service")

    def _opening(self, shown: Sequence[DueCase]) -> list[list[InlineKeyboardButton]]:
        numbers = {case.complaint: case.number for case in shown}
        buttons = [
            button(f"📂 {ComplaintNumber.of(number)}", OfficialCaseCallback(complaint=complaint).pack())
            for complaint, number in numbers.items()
        ]
        return in_rows(buttons, 2)

    def _turning(self, digest: ComplaintDigest, start: int) -> list[InlineKeyboardButton]:
        left = len(digest.cases) - start - ROWS
        turning = []
        if start:
            turning.append(self._turn("back_button", digest, max(start - ROWS, 0)))
        if left > 0:
            turning.append(self._turn("rest_button", digest, start + ROWS, count=left))
        return turning

    def _turn(self, key: str, digest: ComplaintDigest, start: int, **values: int) -> InlineKeyboardButton:
        data = ComplaintDigestCallback(
            kind=digest.stage.kind, day=int(f"{digest.stage.day:%Y%m%d}"), start=start
        ).pack()
        return button(self.context.plain(f"told_official.{key}", **values), data)

    def _html(self, key: str, **values: object) -> str:
        return str(self.context.html(f"told_official.{key}", **values))
