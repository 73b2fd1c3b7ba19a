"""What Telegram and complaints have to do with each other: files still to be fetched, messages that became a
complaint's text. Ids only.
"""

from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.types import BigId
from messaging.downloads.tables import DownloadRow


class AttachmentDownloadRow(DownloadRow):
    """A file for a person's draft, for a complaint, or for what he types at an official's desk."""

    __tablename__ = "complaint_fetches"

    draft: Mapped[int | None] = mapped_column(BigId)
    complaint: Mapped[int | None] = mapped_column(BigId)
    desk_draft: Mapped[int | None] = mapped_column(BigId)


class SourceMessageRow(Base):
    """A message of a chat that is part of a complaint's text: edited later, it becomes an addition."""

    __tablename__ = "complaint_told_messages"

    person: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    message: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    complaint: Mapped[int] = mapped_column(BigId, index=True)
