"""Telegram ids tied to complaints: files still to download, messages that became a complaint's text."""

from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.types import BigId
from messaging.downloads.tables import DownloadRow


class AttachmentDownloadRow(DownloadRow):
    """A file to download for a citizen's draft, a complaint or a staff draft."""

    __tablename__ = "complaint_fetches"

    draft: Mapped[int | None] = mapped_column(BigId)
    complaint: Mapped[int | None] = mapped_column(BigId)
    desk_draft: Mapped[int | None] = mapped_column(BigId)


class SourceMessageRow(Base):
    """A chat message that is part of a complaint's text; editing it later adds to the complaint."""

    __tablename__ = "complaint_told_messages"

    person: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    message: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    complaint: Mapped[int] = mapped_column(BigId, index=True)
