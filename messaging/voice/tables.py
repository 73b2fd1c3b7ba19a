"""Voice messages that wait to be heard. Deleted as soon as they are."""

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from messaging.downloads.tables import DownloadRow


class VoiceDownloadRow(DownloadRow):
    """`message` is Telegram's JSON of the message, without the voice."""

    __tablename__ = "voice_downloads"

    language: Mapped[str] = mapped_column(String(2))
    message: Mapped[str] = mapped_column(Text)
