"""A digest as a list: ten rows under their days, a button to each, and a button to the rest."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from aiogram.types import InlineKeyboardButton

from bot.request_context import RequestContext
from bot.views.callbacks import ComplaintDigestCallback
from bot.views.screen import Screen, button, in_rows, keyboard
from complaints.digest import DigestStage

ROWS: Final = 10
MOST_CHARACTERS: Final = 3_300  # of the entries; a message holds 4096 with its heading and markup


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestEntry:
    """`day` and `head` (HTML) group the entries; `open` leads to what the entry is about."""

    day: date
    head: str
    text: str
    open: InlineKeyboardButton | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedDigest:
    """`heading` are lines of HTML, `entries` by day, `more` buttons below those of the entries."""

    context: RequestContext
    stage: DigestStage
    heading: Sequence[str]
    entries: Sequence[DigestEntry]
    more: Sequence[InlineKeyboardButton] = ()

    def screen(self, start: int = 0) -> Screen:
        """At most ten entries from the `start`-th on, as many as fit a message."""
        count = len(self.entries)
        start = start if 0 <= start < count else 0
        shown = self._fitting(self.entries[start : start + ROWS])
        lines = [*self.heading, *_grouped(shown)]
        if len(shown) < count:
            lines += ["", self._html("digest_range", first=start + 1, last=start + len(shown), count=count)]
        board = [*in_rows(_once(shown), 2), list(self.more), self._turning(start, len(shown))]
        return Screen(text="\n".join(lines), keyboard=keyboard(board))

    def _fitting(self, entries: Sequence[DigestEntry]) -> Sequence[DigestEntry]:
        """A notice in two messages could not be made anew when it is sent."""
        most = len(entries)
        while most > 1 and sum(map(len, _grouped(entries[:most]))) > MOST_CHARACTERS:
            most -= 1
        return entries[:most]

    def _turning(self, start: int, shown: int) -> list[InlineKeyboardButton]:
        left = len(self.entries) - start - shown
        turning = []
        if start:
            turning.append(self._turn("back_button", max(start - ROWS, 0)))
        if left > 0:
            turning.append(self._turn("rest_button", start + shown, count=left))
        return turning

    def _turn(self, key: str, start: int, **values: int) -> InlineKeyboardButton:
        day = int(f"{self.stage.day:%Y%m%d}")
        data = ComplaintDigestCallback(kind=self.stage.kind, day=day, start=start).pack()
        return button(self.context.plain(f"told_official.{key}", **values), data)

    def _html(self, key: str, **values: object) -> str:
        return str(self.context.html(f"told_official.{key}", **values))


def _grouped(shown: Sequence[DigestEntry]) -> list[str]:
    same: Callable[[DigestEntry], tuple[date, str]] = lambda entry: (entry.day, entry.head)  # noqa: E731
    lines: list[str] = []
    for (_, head), entries in groupby(shown, key=same):
        lines += ["", head, *(entry.text for entry in entries)]
    return lines


def _once(shown: Sequence[DigestEntry]) -> list[InlineKeyboardButton]:
    """A complaint may stand twice, for its date and for its extension: one button leads to it."""
    buttons = {entry.open.callback_data: entry.open for entry in shown if entry.open is not None}
    return list(buttons.values())
