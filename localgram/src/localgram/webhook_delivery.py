"""Pushes updates to the bot's webhook in order, retrying until it accepts them."""

from typing import NoReturn

import structlog
from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, MultipartReader

from localgram.arguments import Arguments, read_parts
from localgram.clock import second
from localgram.dispatch import call
from localgram.errors import ApiError
from localgram.updates import WireUpdate
from localgram.webhook import WebhookState
from localgram.world import TelegramWorld

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  a header's name
TIMEOUT = ClientTimeout(total=60)
FIRST_PAUSE_SECONDS = 0.1
LONGEST_PAUSE_SECONDS = 10.0
IDLE_SECONDS = 3600.0

log = structlog.get_logger(__name__)


async def deliver(world: TelegramWorld) -> NoReturn:
    """Push pending updates one at a time, retrying with a growing pause."""
    pause = FIRST_PAUSE_SECONDS
    async with ClientSession(timeout=TIMEOUT) as session:
        while True:
            waiting = world.updates.first(1)
            if not world.webhook.url or not waiting:
                await world.updates.news.wait(IDLE_SECONDS)
            elif await _push(world, session, waiting[0]):
                pause = FIRST_PAUSE_SECONDS
            else:
                await world.updates.news.wait(pause)  # or until another webhook is set
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)


async def _push(world: TelegramWorld, session: ClientSession, update: WireUpdate) -> bool:
    """Whether the webhook accepted the update."""
    webhook = world.webhook
    headers = {SECRET_HEADER: webhook.secret} if webhook.secret else {}
    try:
        async with session.post(webhook.url, json=update, headers=headers) as response:
            if not response.ok:
                _failed(
                    world, webhook, f"Wrong response from the webhook: {response.status} {response.reason}"
                )
                return False
            await _run_answered_call(world, response)
    except (ClientError, TimeoutError, OSError):
        _failed(world, webhook, "Connection refused")
        return False
    if webhook is world.webhook:
        world.updates.confirm(update["update_id"] + 1)
    return True


async def _run_answered_call(world: TelegramWorld, response: ClientResponse) -> None:
    """Run the call in the webhook's answer, if any; its result is dropped, as at Telegram."""
    try:
        arguments = await _answered(response)
    except (ValueError, ApiError):
        return
    name = arguments.text("method")
    if name:
        await call(world, name, arguments)


async def _answered(response: ClientResponse) -> Arguments:
    if response.content_type == "multipart/form-data":
        return await read_parts(MultipartReader.from_response(response), {})
    if response.content_type == "application/json":
        body = await response.json()
        return Arguments(values=body if isinstance(body, dict) else {})
    return Arguments(values={})


def _failed(world: TelegramWorld, webhook: WebhookState, reason: str) -> None:
    webhook.last_error_date = second(world.clock)
    webhook.last_error_message = reason
    log.warning("webhook failed", reason=reason)
