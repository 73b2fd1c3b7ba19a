"""Spreadsheets sent by officials and not downloaded yet. Ids and codes only."""

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from messaging.downloads.tables import DownloadRow


class SheetDownloadRow(DownloadRow):
    """One file for one report; with `materials` it is a correction."""

    __tablename__ = "report_fetches"

    form: Mapped[str] = mapped_column(String(16))
    organisation: Mapped[str] = mapped_column(String(64))
    period: Mapped[str] = mapped_column(String(8))
    language: Mapped[str] = mapped_column(String(2))
    materials: Mapped[str | None] = mapped_column(Text)
