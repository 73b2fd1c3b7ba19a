"""HTTP as thin as Python allows, so that the measurement is of the bot and not of its surroundings."""

import asyncio
from collections.abc import Callable

_END = b"\r\n\r\n"


def _content_length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    return 0


class Conversation(asyncio.Protocol):
    """Whole messages out of a stream of bytes; only those with a Content-Length."""

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
    """Telegram's place: answers each call, and tells `answered` of each message that a person would see.

    It is given the call's fields as they came: JSON.
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
    """Which call of the Bot API it is."""
    return head.split(b" ", 2)[1].rpartition(b"/")[2].partition(b"?")[0]


def answer_to(method: bytes, message: int) -> bytes:
    """What Telegram answers; `message` is the number of the message that the call made, or changed."""
    body = b'{"ok":true,"result":true}'
    if method.startswith((b"send", b"edit")):
        body = b'{"ok":true,"result":{"message_id":%d,"date":0,"chat":{"id":1,"type":"private"}}}' % message
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
    return head % len(body) + body


class Asker(Conversation):
    """One of Telegram's connections to the webhook: posts the next update when the last one was taken."""

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
    """A connection to the webhook that posts what it is given, one update after the other."""

    def __init__(self, path: str, secret: str) -> None:
        super().__init__()
        self._head = head_of(path, secret)
        self._taken: asyncio.Future[None] | None = None

    async def post(self, body: bytes) -> None:
        """Until it is taken."""
        self._taken = asyncio.get_running_loop().create_future()
        self.transport.write(self._head + request(body))
        await self._taken

    def received(self, head: bytes, _: bytes, /) -> None:
        check_taken(head)
        if self._taken is not None:
            self._taken.set_result(None)


def check_taken(head: bytes) -> None:
    """Raises RuntimeError where the webhook did not take the update."""
    if not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(head.decode())


class Posts:
    """Updates to be posted, each once, over any number of connections."""

    def __init__(self, path: str, secret: str, bodies: list[bytes]) -> None:
        self._bodies = iter(bodies)
        self.head = head_of(path, secret)

    def next(self) -> bytes | None:
        return next(self._bodies, None)


def head_of(path: str, secret: str) -> bytes:
    """How every post to the webhook begins; its length and its body follow."""
    return (
        f"POST {path} HTTP/1.1\r\nHost: bot\r\nContent-Type: application/json\r\n"
        f"X-Telegram-Bot-Api-Secret-Token: {secret}\r\n"
    ).encode()


def request(body: bytes) -> bytes:
    """What follows `head_of`."""
    return b"Content-Length: %d\r\n\r\n" % len(body) + body
