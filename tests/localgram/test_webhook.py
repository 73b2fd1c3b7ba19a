"""The webhook: what is pushed, with which secret, and what happens on failure."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from localgram.client import SimulatedPerson

from tests.localgram.conftest import Api

SECRET = "k3y_-"


class WebhookReceiver:
    """A bot's webhook that stores what it gets; responds with `answers` in turn, then with 200."""

    def __init__(self) -> None:
        self.url = ""
        self.got: asyncio.Queue[tuple[dict[str, Any], str | None]] = asyncio.Queue()
        self.answers: list[web.Response] = []

    async def handle(self, request: web.Request) -> web.Response:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        self.got.put_nowait((await request.json(), secret))
        return self.answers.pop(0) if self.answers else web.Response()

    async def next(self) -> tuple[dict[str, Any], str | None]:
        async with asyncio.timeout(60):
            return await self.got.get()

    async def next_text(self) -> str:
        update, _ = await self.next()
        return str(update["message"]["text"])


@pytest.fixture
async def hook() -> AsyncIterator[WebhookReceiver]:
    found = WebhookReceiver()
    app = web.Application()
    app.router.add_post("/hook", found.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    found.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield found
    await runner.cleanup()


async def test_updates_are_pushed_with_secret(
    api: Api, person: SimulatedPerson, hook: WebhookReceiver
) -> None:
    await api.call("setWebhook", url=hook.url, secret_token=SECRET)
    update, secret = await hook.next()
    assert (update["message"]["text"], secret) == ("/start", SECRET)
    await person.say("бір")
    assert await hook.next_text() == "бір"


async def test_no_secret_sends_no_header(api: Api, person: SimulatedPerson, hook: WebhookReceiver) -> None:
    await api.call("setWebhook", url=hook.url)
    assert (await hook.next())[1] is None


async def test_failed_push_is_retried_before_the_next(
    api: Api, person: SimulatedPerson, hook: WebhookReceiver
) -> None:
    hook.answers = [web.Response(status=500), web.Response(status=403)]
    await person.say("бір")
    await api.call("setWebhook", url=hook.url)
    assert [await hook.next_text() for _ in range(4)] == ["/start", "/start", "/start", "бір"]


async def test_webhook_info_shows_error_and_pending_updates(
    api: Api, person: SimulatedPerson, hook: WebhookReceiver
) -> None:
    hook.answers = [web.Response(status=500)] * 50
    await api.call("setWebhook", url=hook.url, max_connections=7, allowed_updates=["message"])
    await hook.next()
    await hook.next()
    info = await api.call("getWebhookInfo")
    assert info == {
        "url": hook.url,
        "has_custom_certificate": False,
        "pending_update_count": 1,
        "ip_address": "127.0.0.1",
        "max_connections": 7,
        "allowed_updates": ["message"],
        "last_error_date": 1790827200,
        "last_error_message": "Wrong response from the webhook: 500 Internal Server Error",
    }


async def test_unreachable_webhook_is_retried(
    api: Api, person: SimulatedPerson, hook: WebhookReceiver
) -> None:
    await api.call("setWebhook", url="http://127.0.0.1:9/hook")
    info: dict[str, Any] = {}
    for _ in range(200):
        info = await api.call("getWebhookInfo")
        if "last_error_message" in info:
            break
        await asyncio.sleep(0.05)
    assert info["last_error_message"] == "Connection refused"
    await api.call("setWebhook", url=hook.url)
    assert await hook.next_text() == "/start"


async def test_pending_updates_can_be_dropped(
    api: Api, person: SimulatedPerson, hook: WebhookReceiver
) -> None:
    await person.say("ескі")
    await api.call("setWebhook", url=hook.url, drop_pending_updates=True)
    await person.say("жаңа")
    assert await hook.next_text() == "жаңа"


async def test_deleting_webhook_restores_polling(
    api: Api, person: SimulatedPerson, hook: WebhookReceiver
) -> None:
    await api.call("setWebhook", url=hook.url)
    await hook.next()
    await api.call("deleteWebhook")
    await person.say("бір")
    assert [update["message"]["text"] for update in await api.updates()] == ["бір"]
    assert (await api.call("getWebhookInfo"))["url"] == ""


@pytest.mark.parametrize("form", ["json", "multipart"])
async def test_call_in_webhook_response_is_run(
    api: Api, person: SimulatedPerson, hook: WebhookReceiver, form: str
) -> None:
    call = {"method": "sendMessage", "chat_id": str(person.number), "text": "жауап"}
    hook.answers = [web.json_response(call) if form == "json" else _multipart(call)]
    await api.call("setWebhook", url=hook.url)
    assert (await person.wait_for_reply())["text"] == "жауап"


def _multipart(call: dict[str, str]) -> web.Response:
    lines = []
    for name, value in call.items():
        lines += ["--edge", f'Content-Disposition: form-data; name="{name}"', "", value]
    body = "\r\n".join([*lines, "--edge--", ""]).encode()
    return web.Response(body=body, headers={"Content-Type": "multipart/form-data; boundary=edge"})


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"url": "ftp://127.0.0.1/x"}, "invalid webhook URL specified"),
        ({"url": "https://127.0.0.1:99999/x"}, "invalid webhook URL specified"),
        ({"url": "http://example.com/x"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        (
            {"url": "https://example.com/hook"},
            "bad webhook: the local Telegram calls addresses of this machine only",
        ),
        (
            {"url": "http://127.0.0.1:1/x", "secret_token": "құпия"},
            "secret token contains unallowed characters",
        ),
        (
            {"url": "http://127.0.0.1:1/x", "secret_token": "x" * 257},
            "secret token is too long",
        ),
    ],
)
async def test_invalid_webhook_is_rejected(api: Api, arguments: dict[str, Any], reason: str) -> None:
    assert await api.refusal("setWebhook", **arguments) == reason


@pytest.mark.parametrize("kinds", [[5], "message", {"message": 1}, 7])
async def test_unreadable_allowed_updates_change_nothing(api: Api, kinds: Any) -> None:
    await api.call("setWebhook", url="", allowed_updates=["edited_message", "moon_phase"])
    await api.call("setWebhook", url="", allowed_updates=kinds)
    assert (await api.call("getWebhookInfo"))["allowed_updates"] == ["edited_message"]
