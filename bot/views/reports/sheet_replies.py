"""Replies to an official's spreadsheet."""

from dataclasses import dataclass
from typing import Any

from markupsafe import escape

from bot.views.callbacks import ReportCallback
from bot.views.reports.report import ReportView
from bot.views.screen import Screen, button, fields, keyboard
from kernel.errors import DomainError
from kernel.language import Language
from localisation.error_messages import error_message
from localisation.translations import Translations
from reports.actions import OpenedReport
from reports.store import ReportVersion

NOT_KEPT = 60  # findings of a sheet that no window shows again


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetReplyView:
    texts: Translations

    def correction(self, asked: ReportVersion | OpenedReport, language: Language) -> dict[str, Any]:
        if not isinstance(asked, OpenedReport):
            return fields(Screen(text=str(self.texts.html(language, "report.correction_asked"))))
        view = ReportView(self.texts, language)
        form = view.form(asked.form, asked.report.subject.period)
        head = self.texts.html(language, "report.not_taken", form=form, count=len(asked.findings))
        return fields(
            Screen(text="\n".join([str(head), *view.findings(asked, asked.findings, most=NOT_KEPT)]))
        )

    def taken(self, report: OpenedReport, language: Language) -> dict[str, Any]:
        """Rejected, stored with errors, or ready to submit."""
        view = ReportView(self.texts, language)
        key = "taken_right"
        if report.faults:
            key = "taken_with_faults" if any(fault.place for fault in report.faults) else "not_taken"
        head = self.texts.html(
            language,
            f"report.{key}",
            form=view.form(report.form, report.report.subject.period),
            count=len(report.faults),
        )
        lines = [str(head), *view.findings(report, report.findings)]
        data = ReportCallback(number=report.report.number).pack()
        label = self.texts.plain(language, "report.open_button")
        return fields(Screen(text="\n".join(lines), keyboard=keyboard([[button(label, data)]])))

    def refused(self, error: DomainError, language: Language) -> dict[str, Any]:
        return fields(Screen(text=str(escape(error_message(self.texts, language, error)))))
