"""Reads a stored update, also one that the installed aiogram cannot parse.

Telegram grows faster than aiogram: an unknown member of a union makes the whole update unreadable. What is
amiss is taken out, piece by piece, until the rest can be read; only where that was what the person said, the
update is given up.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeGuard

import structlog
from aiogram import Bot
from aiogram.enums import ChatType, ContentType
from aiogram.types import Message, Update, User
from aiogram.types.update import UpdateTypeLookupError
from pydantic import ValidationError

MESSAGES = ("message", "edited_message")  # the kinds that a person is answered in a chat
_KIND = re.compile(r"[a-z_]{1,40}")
MAX_ID = 2**63
_MOST_REPAIRS = 100
_ESSENTIAL: dict[str, dict[str, Any]] = {  # what aiogram insists on and nobody here reads
    **{kind: {"message_id": 0, "date": 1} for kind in MESSAGES},
    **{party: {"is_bot": False, "first_name": ""} for party in ("from", "user")},
    "callback_query": {"chat_instance": ""},
    "inline_query": {"offset": "", "query": ""},
}
_ANONYMOUS = User(id=1087968824, is_bot=True, first_name="Group")  # whom Telegram names where nobody is told
_TWICE = 2  # taken out and put in: after that its holder goes
_CLEANED_FOR = ('"rich_message"', "\\u0000")  # what aiogram would take as it is
_LONG_NUMBER = re.compile("[0-9]{19}")
_log = structlog.get_logger(__name__)

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """Whom to answer: a callback by its id, a private chat with a message; nobody where both are None."""

    chat_id: int | None = None
    callback_id: str | None = None
    language_code: str | None = None


def loaded(payload: str) -> Any:
    """The payload's JSON; None if it is none."""
    try:
        return json.loads(payload)
    except (ValueError, RecursionError):
        return None


def kind_of(raw: Any) -> str:
    """The update's kind, never a word of its content."""
    kinds = [name for name in raw if name != "update_id"] if isinstance(raw, dict) else []
    return kinds[0] if len(kinds) == 1 and _KIND.fullmatch(kinds[0]) else "other"


def chat_of(update: dict[str, Any]) -> int:
    """The chat whose order the update belongs to: its chat, else the sender, else 0."""
    for event in _events(update):
        for holder in (event, _dict(event.get("message"))):
            if number := id_of(holder.get("chat")):
                return number
        if number := id_of(event.get("from")) or id_of(event.get("user")):
            return number
    return 0


def addressee_of(raw: Any) -> Addressee:
    """Who wrote, and where an answer to it is seen; a group or a channel is never answered."""
    update = _dict(raw)
    for event in _events(update):
        sender = _dict(event.get("from"))
        language = sender.get("language_code")
        language = language if isinstance(language, str) else None
        if event is update.get("callback_query"):
            callback = event.get("id")
            return Addressee(
                callback_id=callback if isinstance(callback, str) else None, language_code=language
            )
        chat = id_of(event.get("chat"))
        is_said = any(event is update.get(kind) for kind in MESSAGES)
        if is_said and chat > 0 and sender.get("is_bot") is not True:
            return Addressee(chat_id=chat, language_code=language)
    return Addressee()


def id_of(party: Any) -> int:
    """The id of a chat or person; 0 where there is none that a database could hold."""
    number = _dict(party).get("id")
    return number if is_number(number) else 0


def is_number(value: Any) -> TypeGuard[int]:
    """Whether the value is an integer that a database can hold; a truth value is none."""
    return isinstance(value, int) and not isinstance(value, bool) and -MAX_ID < value < MAX_ID


def rich_words(rich: Any) -> str:
    """The words of a rich message, a line for each block, whatever the types of its parts."""
    return "\n".join(filter(None, (line.strip() for line in _lines(rich))))


def _lines(block: Any) -> Iterator[str]:
    if isinstance(block, list):
        for one in block:
            yield from _lines(one)
    elif isinstance(block, dict):
        if "text" in block:
            yield _inline(block["text"])
        for name, value in block.items():
            if name != "text" and isinstance(value, list | dict):
                yield from _lines(value)


def _inline(text: Any) -> str:
    if isinstance(text, str):
        return text
    if isinstance(text, list):
        return "".join(map(_inline, text))
    return _inline(text.get("text")) if isinstance(text, dict) else ""


def _events(update: dict[str, Any]) -> list[dict[str, Any]]:
    return [event for name, event in update.items() if name != "update_id" and isinstance(event, dict)]


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


class UnreadableUpdateError(Exception):
    """Nothing that the person said can be read; `where` names the fields, never what is in them."""

    def __init__(self, where: Sequence[str]) -> None:
        super().__init__()
        self.where = tuple(where)


def read(payload: str, bot: Bot) -> Update | None:
    """The update; None where its kind is unknown. Raises UnreadableUpdateError."""
    try:
        update = _plain(payload, bot)
    except (ValidationError, RecursionError):
        update = _read_in_part(payload, bot)
    if not _is_known(update):
        _log.info("an update of an unknown kind was passed over", kind=kind_of(loaded(payload)))
        return None
    return _with_sender(update)


def _read_in_part(payload: str, bot: Bot) -> Update:
    raw = loaded(payload)
    if not isinstance(raw, dict):
        raise UnreadableUpdateError(["all"])
    try:
        return _mended(_cleaned(raw), bot)
    except RecursionError:
        raise UnreadableUpdateError(["deep"]) from None


def _plain(payload: str, bot: Bot) -> Update:
    context = {"bot": bot}
    if not any(mark in payload for mark in _CLEANED_FOR) and not _LONG_NUMBER.search(payload):
        return Update.model_validate_json(payload, context=context)
    return Update.model_validate(_cleaned(loaded(payload)), context=context)


def _cleaned(raw: Any) -> Any:
    """Without what no database holds (huge numbers, halves of a character, NUL), rich ones as words."""
    if isinstance(raw, dict):
        kept = {name: _cleaned(value) for name, value in raw.items() if not _is_huge(value)}
        if "rich_message" in kept and "text" not in kept and (words := rich_words(kept["rich_message"])):
            del kept["rich_message"]
            kept["text"] = words
        return kept
    if isinstance(raw, list):
        return [_cleaned(value) for value in raw if not _is_huge(value)]
    if isinstance(raw, str):
        return raw.replace("\0", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return raw


def _is_huge(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and not is_number(value)


def _mended(raw: Any, bot: Bot) -> Update:
    removed: list[Path] = []
    for _ in range(_MOST_REPAIRS):
        try:
            update = Update.model_validate(raw, context={"bot": bot})
        except ValidationError as error:
            removed.append(_repair(raw, error, removed))
        else:
            if removed and not (_is_known(update) and _suffices(update)):
                break
            if removed:
                _log.warning("an update was read in part", kind=kind_of(raw), without=_names(removed))
            return update
    raise UnreadableUpdateError(_names(removed))


def _is_known(update: Update) -> bool:
    try:
        return bool(update.event_type)
    except UpdateTypeLookupError:
        return False


def _suffices(update: Update) -> bool:
    """Whether what is left still says something."""
    message = update.message or update.edited_message
    if message is not None:
        return message.content_type != ContentType.UNKNOWN
    callback = update.callback_query
    return callback is None or callback.data is not None


def _with_sender(update: Update) -> Update:
    """Nobody's message is read as the chat owner's in a private chat, elsewhere as an anonymous one."""
    for kind in MESSAGES:
        message: Message | None = getattr(update, kind)
        if message is not None and message.from_user is None:
            owner = User(id=message.chat.id, is_bot=False, first_name=message.chat.first_name or "")
            said = message.model_copy(update={"from_user": owner if owner.id > 0 else _ANONYMOUS})
            return update.model_copy(update={kind: said})
    return update


def _repair(raw: Any, error: ValidationError, before: Sequence[Path]) -> Path:
    """Put in what is essential, or take the innermost faulty piece out; returns where it was."""
    faults = [(_existing(raw, fault["loc"]), fault) for fault in error.errors(include_input=False)]
    path, fault = max(faults, key=lambda one: (len(one[0]), len(one[1]["loc"])))
    holder, missing = _at(raw, path), fault["loc"][-1] if fault["loc"] else ""
    if fault["type"] == "missing" and isinstance(holder, dict) and missing not in holder:
        known = _essential(path, holder).get(str(missing))
        if known is not None and before.count((*path, missing)) < _TWICE:
            holder[missing] = known
            return (*path, missing)
    if not path or path == ("update_id",):
        raise UnreadableUpdateError(["update"])
    del _at(raw, path[:-1])[path[-1]]
    return path


def _essential(path: Path, holder: dict[str, Any]) -> dict[str, Any]:
    if path[-1:] == ("chat",) and id_of({"id": holder.get("id")}):
        return {"type": ChatType.PRIVATE.value if holder["id"] > 0 else ChatType.SUPERGROUP.value}
    return _ESSENTIAL.get(str(path[-1]), {}) if path else {}


def _existing(raw: Any, location: tuple[int | str, ...]) -> Path:
    """The part of the location that is in the JSON; between its keys pydantic names the members of unions."""
    path: list[int | str] = []
    for step in location:
        within = isinstance(raw, dict) and step in raw
        within = within or (isinstance(raw, list) and isinstance(step, int) and step < len(raw))
        if within:
            path.append(step)
            raw = raw[step]
    return tuple(path)


def _at(raw: Any, path: Path) -> Any:
    for step in path:
        raw = raw[step]
    return raw


def _names(paths: Sequence[Path]) -> list[str]:
    return [".".join(str(step) for step in path) for path in paths]
