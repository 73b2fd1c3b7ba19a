"""What a control event holds, in words: the titles of objects, breaches and penalties are the form's own."""

from dataclasses import dataclass

from kernel.language import Language
from localisation.formats import day as written
from localisation.translations import Translations
from oversight.control.entries import CODES, ControlEntry, ControlQuestion, EntryKind
from registry_data.report_forms import load_form


@dataclass(frozen=True, slots=True)
class ControlView:
    texts: Translations
    language: Language

    def title(self, code: str) -> str:
        """The act's title of a row of 1-мқ (2-мқ has the same), or the name of a decision."""
        row = load_form("1-mq").row(code)
        if row is None:
            return self.texts.plain(self.language, f"control.decision_{code}")
        return row.titles.in_language(self.language)

    def options(self, codes: tuple[str, ...]) -> list[str]:
        """One line per code, in full: a button has no room for it."""
        return [f"{code}. {self.title(code)}" if code[0].isdigit() else self.title(code) for code in codes]

    def line(self, entry: ControlEntry) -> str:
        """One entry in one line."""
        codes = CODES.get(entry.kind)
        return self.texts.plain(
            self.language,
            f"control.line_{entry.kind.value}",
            title=self.title(entry.code) if codes else "",
            who=self.title(entry.who) if entry.who else "",
            count=entry.count,
            people=entry.people,
            day=written(entry.day, self.language) if entry.day else "",
            until=written(entry.until, self.language) if entry.until else "",
            text=entry.text,
            state=self.state(entry),
        )

    def state(self, entry: ControlEntry) -> str:
        """Whether a recommendation or a measure was done."""
        if entry.done_on is not None:
            return self.texts.plain(
                self.language, "control.state_done", day=written(entry.done_on, self.language)
            )
        if entry.why_not:
            return self.texts.plain(self.language, "control.state_not_done", why=entry.why_not)
        return self.texts.plain(self.language, "control.state_open")

    def question(self, kind: EntryKind, question: ControlQuestion) -> str:
        """The key of the text that asks it."""
        return f"ask_{question.value}_{kind.value}"
