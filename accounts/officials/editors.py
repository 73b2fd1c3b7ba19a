"""Whether a person edits the registry; checked before the editor screens show anything."""

from dataclasses import dataclass

from accounts.officials.guard import Guard
from accounts.permissions import Action


@dataclass(frozen=True, slots=True)
class CheckEditor:
    guard: Guard

    async def __call__(self, telegram_id: int) -> None:
        """Raises NotAllowedError."""
        await self.guard.check(telegram_id, Action.EDIT)
