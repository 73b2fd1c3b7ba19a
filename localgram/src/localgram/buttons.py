"""One button, checked as strictly as Telegram checks it."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from localgram.errors import ApiError, bad_request

LONGEST_CALLBACK_DATA_BYTES = 64
LONGEST_COPIED = 256
INLINE = "inline keyboard button"
REPLY = "keyboard button"
SWITCHES = ("switch_inline_query", "switch_inline_query_current_chat")
FLAGS = ("callback_game", "pay")
Objects = Mapping[str, tuple[str, type] | None]
# Fields that hold an object, with the field that the object must have and its type.
INLINE_OBJECTS: Objects = {
    "web_app": ("url", str),
    "login_url": ("url", str),
    "copy_text": ("text", str),
    "switch_inline_query_chosen_chat": None,
}
REPLY_OBJECTS: Objects = {
    "web_app": ("url", str),
    "request_users": ("request_id", int),
    "request_chat": ("request_id", int),
    "request_poll": None,
}
TYPES: Mapping[type, str] = {str: "String", int: "Number"}
PRIVATE_ONLY = {
    "request_contact": "Phone number can be requested in private chats only",
    "request_location": "Location can be requested in private chats only",
}


def check_inline_button(button: Any) -> None:
    """Raises Telegram's 400 for an inline button that it would not show."""
    if not isinstance(button, dict):
        raise _unreadable(INLINE, "InlineKeyboardButton must be an Object")
    _check_text(button, INLINE)
    _check_strings(button, ("url", "callback_data", *SWITCHES), INLINE)
    _check_objects(button, INLINE_OBJECTS, INLINE)
    _check_pages(button, INLINE)
    if "copy_text" in button and not 0 < len(button["copy_text"]["text"]) <= LONGEST_COPIED:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    if button.get("url"):
        _check_url(button["url"])
    elif button.get("callback_data"):
        if len(button["callback_data"].encode()) > LONGEST_CALLBACK_DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    elif not any(name in button for name in (*SWITCHES, *FLAGS, *INLINE_OBJECTS)):
        raise _unreadable(INLINE, "Text buttons are unallowed in the inline keyboard")


def check_reply_button(button: Any, *, private: bool) -> None:
    """Raises Telegram's 400 for a reply keyboard's button that it would not show."""
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict):
        raise _unreadable(REPLY, "KeyboardButton must be a String or an Object")
    _check_text(button, REPLY)
    _check_objects(button, REPLY_OBJECTS, REPLY)
    _check_pages(button, REPLY)
    for name, reason in PRIVATE_ONLY.items():
        if button.get(name) and not private:
            raise bad_request(reason)


def _check_text(button: dict[str, Any], what: str) -> None:
    if "text" not in button:
        raise _unreadable(what, 'Can\'t find field "text"')
    _check_strings(button, ("text",), what)
    if not button["text"]:  # a blank is allowed: calendars use it as filler
        raise bad_request(f"{what} text must be non-empty")


def _check_strings(button: dict[str, Any], names: tuple[str, ...], what: str) -> None:
    for name in names:
        if name not in button:
            continue
        if not isinstance(button[name], str):
            raise _unreadable(what, f'Field "{name}" must be of type String')
        if not button[name].isprintable() and any("\ud800" <= letter <= "\udfff" for letter in button[name]):
            raise bad_request(f"{what} text must be encoded in UTF-8")


def _check_objects(button: dict[str, Any], objects: Objects, what: str) -> None:
    for name, needed in objects.items():
        inner = button.get(name)
        if name in button and not isinstance(inner, dict):
            raise _unreadable(what, f'Field "{name}" must be of type Object')
        if needed is None or not isinstance(inner, dict):
            continue
        field, kind = needed
        if field not in inner:
            raise _unreadable(what, f'Can\'t find field "{field}"')
        if not isinstance(inner[field], kind):
            raise _unreadable(what, f'Field "{field}" must be of type {TYPES[kind]}')


def _check_pages(button: dict[str, Any], what: str) -> None:
    """Web apps and login pages are served over HTTPS only."""
    for name, title in (("web_app", "Web App"), ("login_url", "login")):
        if isinstance(button.get(name), dict):
            check_https(button[name]["url"], f"{what} {title}")


def check_https(url: str, what: str) -> None:
    """Raises Telegram's 400 for an address that is not HTTPS; `what`: whose it is."""
    reason = _url_error(url) or (None if url.startswith("https://") else "Only HTTPS links are allowed")
    if reason:
        raise bad_request(f"{what} URL '{url}' is invalid: {reason}")


def _check_url(url: str) -> None:
    reason = _url_error(url)
    if reason:
        raise bad_request(f"{INLINE} URL '{url}' is invalid: {reason}")


def _url_error(url: str) -> str | None:
    try:
        parts = urlsplit(url if "://" in url or url.startswith("tg:") else f"http://{url}")
    except ValueError:
        return "Wrong HTTP URL"
    if parts.scheme == "tg":
        return None
    if parts.scheme not in ("http", "https"):
        return "Unsupported URL protocol"
    if not parts.hostname:
        return "URL host is empty"
    return None if "." in parts.hostname else "Wrong HTTP URL"


def _unreadable(what: str, reason: str) -> ApiError:
    return bad_request(f"can't parse {what}: {reason}")
