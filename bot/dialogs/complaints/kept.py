"""Messages that wait until the person says where they belong: in the chat's state, encrypted."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from accounts.cipher import Cipher, WrongKeyError
from complaints.draft import LONGEST_TEXT, MOST_FILES, joined
from complaints.errors import TextTooLongError, TooManyFilesError
from kernel import retention
from messaging.downloads.queue import SentFile

_DESTINY = "unplaced"  # a record of its own: what answers remember replaces the chat's record
KEPT_FOR = retention.UNPLACED
RECENT = timedelta(minutes=10)  # how long a person goes on writing to the official, or said "a question"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptMessage:
    """`message` is its id in the chat."""

    message: int
    text: str = ""
    file: SentFile | None = None


def kept_of(message: Message) -> KeptMessage:
    text = message.text or message.caption or ""
    return KeptMessage(message=message.message_id, text=text, file=incoming_of(message))


def incoming_of(message: Message) -> SentFile | None:
    """The file of a message; its type is detected later from its content."""
    if message.photo:
        largest = message.photo[-1]
        return SentFile(file_id=largest.file_id, size=largest.file_size)
    sources = (message.document, message.voice, message.audio, message.video)
    found = next((one for one in sources if one is not None), None)
    return SentFile(file_id=found.file_id, size=found.file_size) if found is not None else None


async def forget_kept(state: FSMContext) -> None:
    await state.storage.set_data(replace(state.key, destiny=_DESTINY), {})


def text_of(kept: Sequence[KeptMessage]) -> str:
    return joined([one.text for one in kept if one.text])


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptMessages:
    """The chat's own record, apart from what answers remember."""

    state: FSMContext
    cipher: Cipher
    now: datetime

    async def all(self) -> list[KeptMessage]:
        data = await self._data()
        if "closed" not in data or self.now - datetime.fromisoformat(data["at"]) > KEPT_FOR:
            return []
        return [_read(one) for one in json.loads(self._opened(data["closed"]))]

    async def add(self, kept: KeptMessage) -> int:
        """The number of those kept. Raises TextTooLongError, TooManyFilesError, and keeps nothing more."""
        every = [*await self.all(), kept]
        length = len(text_of(every))
        if length > LONGEST_TEXT:
            raise TextTooLongError(longest=LONGEST_TEXT, length=length)
        if sum(one.file is not None for one in every) > MOST_FILES:
            raise TooManyFilesError(most=MOST_FILES)
        await self._update(closed=self._closed(every), at=self.now.isoformat())
        return len(every)

    async def done(self, kept: KeptMessage) -> None:
        """The message has found its place; one after it may still be refused."""
        rest = [one for one in await self.all() if one != kept]
        await self._update(closed=self._closed(rest))

    async def drop(self) -> None:
        data = await self._data()
        data.pop("closed", None)
        await self._set(data)

    async def remember(self, name: str, complaint: int) -> None:
        """Remember for ten minutes that a message was `given`, or was no matter of the complaint."""
        await self._update(**{name: [complaint, self.now.isoformat()]})

    async def recent(self, name: str) -> int | None:
        complaint, at = (await self._data()).get(name) or (None, None)
        is_recent = at is not None and self.now - datetime.fromisoformat(at) <= RECENT
        return complaint if is_recent else None

    async def is_same_album(self, album: str | None) -> bool:
        """Whether a picture of the album came before; remembers the album."""
        if album is None:
            return False
        before = (await self._data()).get("album")
        await self._update(album=album)
        return before == album

    def _closed(self, messages: Sequence[KeptMessage]) -> str:
        text = json.dumps([asdict(one) for one in messages])
        return self.cipher.close(text, _DESTINY, self.state.key.chat_id)

    def _opened(self, closed: str) -> str:
        """What an earlier version or another key left is gone within a week anyway."""
        try:
            return self.cipher.open(closed, _DESTINY, self.state.key.chat_id)
        except WrongKeyError:
            return "[]"

    async def _data(self) -> dict[str, Any]:
        return await self.state.storage.get_data(replace(self.state.key, destiny=_DESTINY))

    async def _set(self, data: dict[str, Any]) -> None:
        await self.state.storage.set_data(replace(self.state.key, destiny=_DESTINY), data)

    async def _update(self, **values: Any) -> None:
        await self._set(await self._data() | values)


def _read(data: dict[str, Any]) -> KeptMessage:
    file = data["file"]
    return KeptMessage(
        message=data["message"], text=data["text"], file=SentFile(**file) if file is not None else None
    )
