"""What a chat remembers between messages: numbers and slugs, never typed text."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from aiogram.fsm.context import FSMContext

REMEMBERED_FOR = timedelta(minutes=10)  # how long "how much is it?" refers to the card shown last


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatMemory:
    about: str | None = None  # the service shown last; None after ten minutes
    question: int | None = None  # the stored question for which services were offered
    asked_again: bool = False  # whether a rephrasing was already requested


async def recall(state: FSMContext, now: datetime) -> ChatMemory:
    data = await state.get_data()
    shown_at = data.get("about_at")
    fresh = shown_at is not None and now - datetime.fromisoformat(shown_at) < REMEMBERED_FOR
    return ChatMemory(
        about=data.get("about") if fresh else None,
        question=data.get("question"),
        asked_again=bool(data.get("asked_again")),
    )


async def remember_card(state: FSMContext, slug: str, now: datetime) -> None:
    await state.set_data({"about": slug, "about_at": now.isoformat()})


async def remember_question(state: FSMContext, number: int, *, asked_again: bool) -> None:
    await state.set_data({"question": number, "asked_again": asked_again})


async def remember_retry(state: FSMContext) -> None:
    """Record that the person was asked to rephrase."""
    await state.set_data({"asked_again": True})
