"""How the bot gets its updates: polling or webhook."""

import re
from typing import Any
from urllib.parse import SplitResult, urlsplit

import telegram

from localgram.arguments import Arguments
from localgram.errors import ApiError, bad_request, conflict
from localgram.guard import LOOPBACK
from localgram.methods.table import Method
from localgram.updates import WireUpdate
from localgram.webhook import WebhookState
from localgram.world import TelegramWorld

SECRET = re.compile(r"[A-Za-z0-9_-]*")
LONGEST_SECRET = 256
MOST_UPDATES = 100
MOST_CONNECTIONS = 100


async def get_updates(world: TelegramWorld, arguments: Arguments) -> list[WireUpdate]:
    if world.webhook.url:
        raise conflict(
            "can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        )
    _allow(world, arguments)
    if arguments.has("offset"):
        world.updates.confirm(arguments.integer("offset"))
    limit = min(max(arguments.integer("limit", MOST_UPDATES), 1), MOST_UPDATES)
    return await world.updates.poll(limit, arguments.integer("timeout"))


async def set_webhook(world: TelegramWorld, arguments: Arguments) -> bool:
    url = arguments.text("url")
    secret = arguments.text("secret_token")
    if url:
        _check(url, secret)
    _allow(world, arguments)
    connections = min(max(arguments.integer("max_connections", 40), 1), MOST_CONNECTIONS)
    world.webhook = WebhookState(
        url=url, secret=secret, max_connections=connections, ip_address=_address(url)
    )
    _drop(world, arguments)
    world.updates.interrupt("terminated by setWebhook request")
    return True


async def delete_webhook(world: TelegramWorld, arguments: Arguments) -> bool:
    world.webhook = WebhookState()
    _drop(world, arguments)
    return True


async def get_webhook_info(world: TelegramWorld, _arguments: Arguments) -> telegram.WebhookInfo:
    return world.webhook.described(len(world.updates), world.updates.allowed)


def _allow(world: TelegramWorld, arguments: Arguments) -> None:
    """Apply `allowed_updates`; a call without them, or with something else there, keeps the earlier ones."""
    try:
        kinds: Any = arguments.structure("allowed_updates", "")
    except ApiError:
        return
    if isinstance(kinds, list) and all(isinstance(kind, str) for kind in kinds):
        world.updates.allow([kind.lower() for kind in kinds if kind.lower() in telegram.Update.ALL_TYPES])


def _drop(world: TelegramWorld, arguments: Arguments) -> None:
    if arguments.flag("drop_pending_updates"):
        world.updates.clear()


def _check(url: str, secret: str) -> None:
    """Reject webhooks elsewhere: messages must not leave this machine."""
    parts = _parsed(url)
    if len(secret) > LONGEST_SECRET:
        raise bad_request("secret token is too long")
    if not SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    if parts.hostname not in LOOPBACK and parts.scheme == "http":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if parts.hostname not in LOOPBACK:
        raise bad_request("bad webhook: the local Telegram calls addresses of this machine only")


def _parsed(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        if parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0:
            return parts
    except ValueError:
        pass
    raise bad_request("invalid webhook URL specified")


def _address(url: str) -> str | None:
    return "127.0.0.1" if url else None


TABLE: dict[str, Method] = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
