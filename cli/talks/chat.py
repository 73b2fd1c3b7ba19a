"""A person's chat with the bot during a talk, and what has come into it since a moment."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from localgram.client import SimulatedPerson, is_from_bot

from cli.talks.patterns import spaced
from kernel.language import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFile:
    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What was sent or edited: texts, the labels under each message, and files. Non-breaking spaces are
    spaces.
    """

    texts: tuple[str, ...] = ()
    labels: tuple[tuple[str, ...], ...] = ()
    files: tuple[ShownFile, ...] = ()

    @property
    def text(self) -> str:
        return "\n\n".join(self.texts)

    @property
    def buttons(self) -> list[str]:
        return [label for labels in self.labels for label in labels]

    def __add__(self, other: "Shown") -> "Shown":
        return Shown(
            texts=self.texts + other.texts,
            labels=self.labels + other.labels,
            files=self.files + other.files,
        )

    def __str__(self) -> str:
        buttons = [f"[{' | '.join(labels)}]" for labels in self.labels if labels]
        files = [f"<{file.name}>" for file in self.files]
        return "\n".join([self.text, *buttons, *files]).strip() or "(nothing)"


Seen = Mapping[int, dict[str, Any]]


@dataclass(slots=True, kw_only=True)
class TalkChat:
    """`language` is the one that the bot speaks with this person now."""

    person: SimulatedPerson
    language: Language
    alert: str = ""  # the answer to the button that was pressed last
    _before: Seen = field(default_factory=dict)

    async def begin(self) -> None:
        """From now on everything is new."""
        self._before, self.alert = await self._seen(), ""

    async def news(self) -> list[dict[str, Any]]:
        """The bot's messages sent or edited since; one that only lost buttons is not read again."""
        seen = await self._seen()
        return [message for number, message in seen.items() if _is_new(message, self._before.get(number))]

    async def messages(self) -> list[dict[str, Any]]:
        return await self.person.messages()

    async def last_written(self) -> int | None:
        """The number of the person's own last text."""
        own = [one for one in await self.messages() if not is_from_bot(one) and "text" in one]
        return int(own[-1]["message_id"]) if own else None

    async def button(self, part: str) -> tuple[int, str] | None:
        """The message and label of the newest button that is named so, begins so or has this in it."""
        wanted = spaced(part).casefold()
        for message in reversed(await self.messages()):
            labels = [(label, _readings(label)) for label in labels_of(message)]
            for fits in (str.__eq__, str.startswith, str.__contains__):
                found = next(
                    (label for label, read in labels if any(fits(one, wanted) for one in read)), None
                )
                if found is not None:
                    return int(message["message_id"]), found
        return None

    async def labels(self) -> list[str]:
        """The labels of the newest message that has buttons."""
        held = [labels for message in await self.messages() if (labels := list(labels_of(message)))]
        return held[-1] if held else []

    async def _seen(self) -> Seen:
        return {int(one["message_id"]): one for one in await self.messages() if is_from_bot(one)}


def labels_of(message: Mapping[str, Any]) -> Iterator[str]:
    """The labels of a message's buttons, inline or in its reply keyboard."""
    markup = message.get("reply_markup", {})
    for row in markup.get("inline_keyboard") or markup.get("keyboard") or []:
        yield from (button["text"] if isinstance(button, dict) else str(button) for button in row)


def _is_new(message: Mapping[str, Any], before: Mapping[str, Any] | None) -> bool:
    if before is None or text_of(message) != text_of(before):
        return True
    return not set(labels_of(message)) <= set(labels_of(before))


def _readings(label: str) -> tuple[str, str]:
    """The label, and without the emoji before its words."""
    folded = spaced(label).casefold()
    return folded, re.sub(r"^\W+(?=\w)", "", folded)


def text_of(message: Mapping[str, Any]) -> str:
    return str(message.get("text") or message.get("caption") or "")
