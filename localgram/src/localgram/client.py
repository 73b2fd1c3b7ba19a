"""A client of the simulator's person side, for tests: people write, press buttons and wait for the bot."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from io import BytesIO
from types import TracebackType
from typing import Any, Self

from aiohttp import ClientSession, FormData

WAIT_SECONDS = 30.0
Condition = Callable[[list[dict[str, Any]]], bool]


class SimulatorError(Exception):
    """The simulator refused a person's request: status and reason."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(f"{status}: {reason}")
        self.status = status
        self.reason = reason


class SimulatorClient:
    """The person side over HTTP: `async with SimulatorClient(simulator.url) as client`.

    `settled` returns once the bot is idle. A person waits for it before asking or pressing a button, and
    after a press.
    """

    def __init__(self, url: str, settled: Callable[[], Awaitable[None]] | None = None) -> None:
        self._url = url
        self._settled = settled
        self._session: ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = ClientSession(self._url)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._session is not None:
            await self._session.close()

    async def get(self, path: str, **query: str | float) -> Any:
        return await self._call("GET", path, params=query)

    async def post(self, path: str, wire: Mapping[str, Any] | None = None) -> Any:
        return await self._call("POST", path, json=wire or {})

    async def send_form(self, path: str, form: FormData) -> Any:
        return await self._call("POST", path, data=form)

    async def delete(self, path: str) -> Any:
        return await self._call("DELETE", path)

    async def person(self, first_name: str = "Айгүл", language_code: str | None = "kk") -> "SimulatedPerson":
        """Add a person who has not written to the bot yet."""
        added = await self.post("/people", {"first_name": first_name, "language_code": language_code})
        return SimulatedPerson(client=self, number=added["id"])

    async def group(self, title: str, kind: str = "supergroup", by: int = 0) -> int:
        """Add a group or channel (`kind` "channel") with the bot in it, added by person `by`; its chat id."""
        added = await self.post("/groups", {"title": title, "type": kind, "by": by})
        return int(added["id"])

    async def settle(self) -> None:
        """Wait until the bot is idle, if the test passed `settled`."""
        if self._settled is not None:
            await self._settled()

    async def order_fault(self, **fault: Any) -> None:
        await self.post("/faults", fault)

    async def calls(self, method: str | None = None, after: int = 0) -> list[dict[str, Any]]:
        """The calls that the bot made, oldest first, without getUpdates."""
        calls: list[dict[str, Any]] = (await self.get("/sent", after=after))["calls"]
        return [call for call in calls if method in (None, call["method"])]

    async def _call(self, method: str, path: str, **more: Any) -> Any:
        assert self._session is not None, "use `async with`"
        async with self._session.request(method, path, **more) as response:
            body = await response.json()
            if not response.ok:
                raise SimulatorError(response.status, str(body.get("description")))
            return body


class SimulatedPerson:
    """One person. `chat` is a group's id; by default it is the person's private chat with the bot."""

    def __init__(self, *, client: SimulatorClient, number: int) -> None:
        self._client = client
        self.number = number
        self._path = f"/people/{number}"

    async def say(self, text: str, **more: Any) -> dict[str, Any]:
        """Write a text. `more`: reply_to, chat."""
        return await self._send({"text": text} | more)

    async def start(self, payload: str = "") -> dict[str, Any]:
        """Press START, or follow a link with a payload."""
        return await self.say(f"/start {payload}".strip())

    async def edit(self, message_id: int, text: str, **more: Any) -> dict[str, Any]:
        return await self._send({"edit": message_id, "text": text} | more)

    async def forward(self, message_id: int, **more: Any) -> dict[str, Any]:
        return await self._send({"forward": message_id} | more)

    async def share_contact(self, phone_number: str, **more: Any) -> dict[str, Any]:
        return await self._send({"contact": {"phone_number": phone_number} | more})

    async def share_location(self, latitude: float, longitude: float) -> dict[str, Any]:
        return await self._send({"location": {"latitude": latitude, "longitude": longitude}})

    async def upload(
        self, content: bytes, *, name: str, kind: str = "document", **more: Any
    ) -> dict[str, Any]:
        """Send a file. `more`: mime, caption, album, reply_to, chat."""
        form = FormData()
        mime = more.pop("mime", "application/octet-stream")
        form.add_field("file", BytesIO(content), filename=name, content_type=mime)
        for field, value in ({"kind": kind} | more).items():
            form.add_field(field, str(value))
        return dict(await self._client.send_form(f"{self._path}/messages", form))

    async def press(self, button: str, message_id: int | None = None, **more: Any) -> dict[str, Any]:
        """Press a button by its text or callback data: of that message, or of the latest one that has it.

        Raises LookupError if there is none: `send_callback` sends what belongs to no button.
        """
        await self._client.settle()
        number = await self._holder(button, more.get("chat"), message_id)
        return await self._press({"message_id": number, "button": button} | more)

    async def send_callback(self, data: str, message_id: int, **more: Any) -> dict[str, Any]:
        """Send callback data that need not belong to any button, as a forged client can."""
        return await self._press({"message_id": message_id, "button": data} | more)

    async def ask_inline(self, query: str, **more: Any) -> list[dict[str, Any]]:
        answer = await self._client.post(f"{self._path}/inline", {"query": query} | more)
        return list(answer["results"])

    async def choose(self, result_id: str, **more: Any) -> dict[str, Any]:
        return dict(await self._client.post(f"{self._path}/inline", {"choose": result_id} | more))

    async def block(self) -> None:
        await self._client.post(f"{self._path}/block")

    async def unblock(self) -> None:
        await self._client.post(f"{self._path}/unblock")

    async def delete(self, message_id: int) -> None:
        await self._client.delete(f"{self._path}/messages/{message_id}")

    async def see(self, *, version: int = 0, wait: float = 0, **more: int) -> dict[str, Any]:
        """The current chat: messages, version, keyboard, action. `more`: after, chat."""
        path = f"{self._path}/messages"
        return dict(await self._client.get(path, version=version, wait=wait, **more))

    async def messages(self, **more: int) -> list[dict[str, Any]]:
        """The messages of the chat, oldest first. `more`: after, chat."""
        return list((await self.see(**more))["messages"])

    async def wait_for_reply(self, after: int = 0, wait: float = WAIT_SECONDS, **more: int) -> dict[str, Any]:
        """The bot's first message after message `after`; raises TimeoutError after `wait` seconds."""
        replies = await self.wait_for_replies(1, after, wait, **more)
        return replies[0]

    async def wait_for_replies(
        self, count: int, after: int = 0, wait: float = WAIT_SECONDS, **more: int
    ) -> list[dict[str, Any]]:
        """The bot's messages after `after`, once there are `count`; TimeoutError after `wait` seconds."""
        found = await self.wait_until(lambda seen: len(_replies(seen)) >= count, after, wait, **more)
        return _replies(found)

    async def wait_until(
        self, condition: Condition, after: int = 0, wait: float = WAIT_SECONDS, **more: int
    ) -> list[dict[str, Any]]:
        """The messages after `after`, once `condition` holds; raises TimeoutError after `wait` seconds."""
        seen = await self.see(after=after, **more)
        loop = asyncio.get_running_loop()
        deadline = loop.time() + wait
        while not condition(seen["messages"]):
            left = deadline - loop.time()
            if left <= 0:
                raise TimeoutError(f"after {wait} seconds the chat holds {_texts(seen['messages'])}")
            seen = await self.see(after=after, version=seen["version"], wait=left, **more)
        return list(seen["messages"])

    async def ask(self, text: str, wait: float = WAIT_SECONDS, **more: Any) -> dict[str, Any]:
        """Write a text and return the bot's first reply."""
        await self._client.settle()
        said = await self.say(text, **more)
        chat = {"chat": more["chat"]} if "chat" in more else {}
        return await self.wait_for_reply(said["message_id"], wait, **chat)

    async def _send(self, wire: dict[str, Any]) -> dict[str, Any]:
        return dict(await self._client.post(f"{self._path}/messages", wire))

    async def _press(self, wire: dict[str, Any]) -> dict[str, Any]:
        answer = dict(await self._client.post(f"{self._path}/press", wire))
        await self._client.settle()
        return answer

    async def _holder(self, button: str, chat: int | None, message_id: int | None) -> int:
        found = await self.messages(**({"chat": chat} if chat else {}))
        asked = [one for one in found if message_id in {None, one["message_id"]}]
        for message in reversed(asked):
            if button in labels(message):
                return int(message["message_id"])
        offered = [labels(message) for message in asked[-1:]]
        raise LookupError(f"no message has the button {button!r}: {offered}")


def _replies(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [message for message in messages if is_from_bot(message)]


def _texts(messages: list[dict[str, Any]]) -> list[str]:
    return [message.get("text") or message.get("caption", "") for message in messages]


def labels(message: dict[str, Any]) -> list[str]:
    """The texts and callback data of a message's buttons, inline or in its reply keyboard."""
    markup = message.get("reply_markup", {})
    rows = markup.get("inline_keyboard") or markup.get("keyboard") or []
    buttons = [button for row in rows for button in row]
    return [button[name] for button in buttons for name in ("text", "callback_data") if name in button]


def is_from_bot(message: dict[str, Any]) -> bool:
    return bool(message.get("from", {}).get("is_bot"))
