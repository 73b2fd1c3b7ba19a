"""Minimal HTTP, so that the bot dominates the measurement."""

import asyncio
from collections.abc import Callable

_END = b"\r\n\r\n"


def _content_length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    return 0


class Conversation(asyncio.Protocol):
    """Complete messages from a byte stream; only those with a Content-Length."""

    def __init__(self) -> None:
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(_END)) >= 0:
            whole = end + len(_END) + _content_length(self._buffer[:end])
            if len(self._buffer) < whole:
                return
            head, body, self._buffer = (
                self._buffer[:end],
                self._buffer[end + len(_END) : whole],
                self._buffer[whole:],
            )
            self.received(head, body)

    def received(self, head: bytes, body: bytes, /) -> None:
        raise NotImplementedError


class TelegramSink(Conversation):
    """A Telegram stand-in: responds to each call, and calls `answered` with each message a person would see.

    `answered` gets the call's fields as raw JSON.
    """

    def __init__(self, answered: Callable[[bytes], None]) -> None:
        super().__init__()
        self._answered = answered

    def received(self, head: bytes, body: bytes, /) -> None:
        method = method_of(head)
        self.transport.write(answer_to(method, 1))
        if method in {b"sendMessage", b"editMessageText"}:
            self._answered(body)


def method_of(head: bytes) -> bytes:
    """The Bot API method of the call."""
    return head.split(b" ", 2)[1].rpartition(b"/")[2].partition(b"?")[0]


def answer_to(method: bytes, message: int) -> bytes:
    """Telegram's response; `message` is the id of the message sent or edited."""
    body = b'{"ok":true,"result":true}'
    if method.startswith((b"send", b"edit")):
        body = b'{"ok":true,"result":{"message_id":%d,"date":0,"chat":{"id":1,"type":"private"}}}' % message
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
    return head % len(body) + body


class Asker(Conversation):
    """One of Telegram's webhook connections: posts the next update when the last one was accepted."""

    def __init__(self, posts: "Posts") -> None:
        super().__init__()
        self._posts = posts

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._post()

    def received(self, head: bytes, _: bytes, /) -> None:
        check_taken(head)
        self._post()

    def _post(self) -> None:
        body = self._posts.next()
        if body is not None:
            self.transport.write(self._posts.head + request(body))


class Hook(Conversation):
    """A webhook connection that posts what it is given, one update after the other."""

    def __init__(self, path: str, secret: str) -> None:
        super().__init__()
        self._head = head_of(path, secret)
        self._taken: asyncio.Future[None] | None = None

    async def post(self, body: bytes) -> None:
        """Returns when the update is accepted."""
        self._taken = asyncio.get_running_loop().create_future()
        self.transport.write(self._head + request(body))
        await self._taken

    def received(self, head: bytes, _: bytes, /) -> None:
        check_taken(head)
        if self._taken is not None:
            self._taken.set_result(None)


def check_taken(head: bytes) -> None:
    """Raises RuntimeError if the webhook rejected the update."""
    if not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(head.decode())


class Posts:
    """Posts updates, each once, over any number of connections."""

    def __init__(self, path: str, secret: str, bodies: list[bytes]) -> None:
        self._bodies = iter(bodies)
        self.head = head_of(path, secret)

    def next(self) -> bytes | None:
        return next(self._bodies, None)


def head_of(path: str, secret: str) -> bytes:
    """The constant head of every webhook post, before its length and body."""
    return (
        f"POST {path} HTTP/1.1\r\nHost: bot\r\nContent-Type: application/json\r\n"
        f"X-Telegram-Bot-Api-Secret-Token: {secret}\r\n"
    ).encode()


def request(body: bytes) -> bytes:
    """The part after `head_of`."""
    return b"Content-Length: %d\r\n\r\n" % len(body) + body
