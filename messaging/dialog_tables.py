"""The state of dialogs: aiogram's states, aiogram-dialog's stacks and contexts."""

from datetime import datetime
from typing import Any

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.types import BigId, JsonText, UtcDateTime


class DialogState(Base):
    """One record of a chat's dialog state: steps, ids, keyed digests, no name, number or text in clear.

    The key is aiogram's StorageKey, with 0 and "" instead of None. `awaits` is the placeholder of a message
    that had no id from Telegram yet when the record was saved.
    """

    __tablename__ = "talk_state"

    bot_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    chat_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    user_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    thread_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    business_id: Mapped[str] = mapped_column(Text, primary_key=True)
    destiny: Mapped[str] = mapped_column(Text, primary_key=True)
    state: Mapped[str | None] = mapped_column(Text)
    data: Mapped[dict[str, Any]] = mapped_column(JsonText)
    awaits: Mapped[int | None] = mapped_column(BigId)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
