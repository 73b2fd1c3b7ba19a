"""The reminder digest: everything due for one official, grouped by date."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiogram.enums import ParseMode

from bot.views.callbacks import FilingAction, FilingCallback
from bot.views.filings.names import FilingNames
from bot.views.screen import Screen, fields
from bot.views.text import shorten
from kernel.language import Language
from reminders.digest import Digest, DigestLine
from reminders.notifier import DigestReader
from reminders.schedule import DueStage

MOST_CHARACTERS = 3_000  # of the lines; a message holds 4096 with its markup
MOST_BUTTONS = 8
MOST_KEPT = 5_000  # rendered lines cached for other readers
Button = dict[str, str]
_HTML = ParseMode.HTML.value
_PACKED = {
    action: FilingCallback.__separator__.join((FilingCallback.__prefix__, action.value, ""))
    for action in FilingAction
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestView:
    """`forms` are the codes of the forms the bot can open."""

    names: FilingNames
    forms: frozenset[str] = frozenset()
    _rendered: dict[tuple[Any, ...], str] = field(default_factory=dict, repr=False)

    def render(self, digest: Digest, reader: DigestReader) -> Mapping[str, Any]:
        """The sendMessage fields. A digest of one filing has all its buttons, otherwise one button each."""
        board = {"inline_keyboard": self._rows(digest, reader.language)}
        return {"text": self.text(digest, reader), "parse_mode": _HTML, "reply_markup": board}

    def render_plain(self, digest: Digest, reader: DigestReader) -> Mapping[str, Any]:
        """Only that something is due, without details."""
        text = self.names.texts.html(reader.language, "filings.plain", count=len(digest.lines))
        return fields(Screen(text=str(text)))

    def text(self, digest: Digest, reader: DigestReader) -> str:
        late = any(line.due_status.stage is DueStage.LATE for line in digest.lines)
        parts = [self._constant("heading_late" if late else "heading_due", reader.language)]
        shown = self._lines(digest, reader)
        lines = [*parts, *shown.values()]
        if len(shown) < len(digest.lines):
            left = len(digest.lines) - len(shown)
            lines += ["", str(self.names.texts.html(reader.language, "filings.more", count=left))]
        return "\n".join(lines)

    def _lines(self, digest: Digest, reader: DigestReader) -> dict[int, str]:
        """The lines by filing number, as many as fit a message; each date heads its lines."""
        found: dict[int, str] = {}
        size, before = 0, None
        for line in digest.lines:
            text = self._line(line, reader)
            date = (line.filing.dates, line.named_is_off)
            if date != before:
                text = f"\n{self._head(line, reader.language)}\n{text}"
            size += len(text)
            if size > MOST_CHARACTERS and found:
                break
            found[line.filing.number] = text
            before = date
        return found

    def _head(self, line: DigestLine, language: Language) -> str:
        filing = line.filing
        key = ("head", language, filing.obligation, filing.dates, line.named_is_off)
        if key not in self._rendered:
            head = self.names.date_line(filing, language, named_is_off=line.named_is_off)
            if filing.dates.expected:
                head = f"{head}\n{self._constant('expected', language)}"
            self._keep(key, head)
        return self._rendered[key]

    def _line(self, line: DigestLine, reader: DigestReader) -> str:
        filing, language = line.filing, reader.language
        name = reader.names.get(filing.organisation, {}).get(language.value, "")
        key = ("line", language, filing.obligation, filing.occasion, line.due_status, name)
        if key not in self._rendered:
            text = self.names.texts.html(
                language,
                "filings.line",
                name=self.names.name(filing, language),
                occasion=self.names.occasion(filing, language),
                organisation=name,
                due_status=self.names.due_status(line.due_status, language),
            )
            self._keep(key, str(text))
        return self._rendered[key]

    def _keep(self, key: tuple[Any, ...], text: str) -> None:
        if len(self._rendered) >= MOST_KEPT:
            self._rendered.clear()
        self._rendered[key] = text

    def _rows(self, digest: Digest, language: Language) -> list[list[Button]]:
        own = [line for line in digest.lines if line.own]
        rows = [[self._button("calendar_button", FilingAction.CALENDAR, 0, language)]]
        if len(digest.lines) == 1 and own:
            return self._actions(own[0], language) + rows
        return [[self._opening(line, language)] for line in own[:MOST_BUTTONS]] + rows

    def _actions(self, line: DigestLine, language: Language) -> list[list[Button]]:
        number = line.filing.number
        rows = [[self._button("submitted_button", FilingAction.SUBMIT, number, language)]]
        if line.due_status.left > 0:
            put_off = (("tomorrow_button", FilingAction.TOMORROW), ("later_button", FilingAction.LATER))
            rows.append([self._button(key, action, number, language) for key, action in put_off])
        record = self.names.obligations.get(line.filing.obligation)
        if record is not None and record.form in self.forms:
            rows.append([self._button("form_button", FilingAction.FORM, number, language)])
        return [*rows, [self._button("waive_button", FilingAction.WAIVE, number, language)]]

    def _opening(self, line: DigestLine, language: Language) -> Button:
        filing = line.filing
        key = ("label", language, filing.obligation, filing.occasion, filing.event)
        if key not in self._rendered:
            self._keep(key, shorten(self.names.label(filing, language)))
        return {"text": self._rendered[key], "callback_data": packed(FilingAction.OPEN, filing.number)}

    def _button(self, key: str, action: FilingAction, number: int, language: Language) -> Button:
        return {"text": self._constant(key, language), "callback_data": packed(action, number)}

    def _constant(self, key: str, language: Language) -> str:
        return self.names.texts.plain(language, f"filings.{key}")


def packed(action: FilingAction, number: int) -> str:
    """Packs FilingCallback without creating one: digests go to twenty thousand people at once."""
    return f"{_PACKED[action]}{number}"
