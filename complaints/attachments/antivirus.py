"""The port to an antivirus, and clamd behind it. Without a setting nobody looks."""

import asyncio
from dataclasses import dataclass
from typing import Final, Protocol

from complaints.attachments.sniffing import FileHarmfulError

_CHUNK: Final = 1 << 16
_PORT: Final = 3310  # clamd's own
_WAIT_S: Final = 60.0


class Antivirus(Protocol):
    async def check(self, content: bytes) -> None:
        """Raises FileHarmfulError for a known virus; OSError or TimeoutError where it does not answer."""
        ...


class AntivirusFailedError(OSError):
    """It answered neither "clean" nor "found": the file waits, as while it does not answer at all."""


@dataclass(frozen=True, slots=True)
class Clamd:
    """`address` is a path of a socket, or a host with or without a port."""

    address: str
    wait_s: float = _WAIT_S

    async def check(self, content: bytes) -> None:
        async with asyncio.timeout(self.wait_s):
            answer = await self._answer(content)
        if answer.endswith(b" FOUND"):
            raise FileHarmfulError
        if not answer.endswith(b": OK"):
            raise AntivirusFailedError(answer[-80:].decode("ascii", "replace"))

    async def _answer(self, content: bytes) -> bytes:
        reader, writer = await self._connect()
        try:
            writer.write(b"zINSTREAM\0")
            for start in range(0, len(content), _CHUNK):
                chunk = content[start : start + _CHUNK]
                writer.write(len(chunk).to_bytes(4) + chunk)
                await writer.drain()
            writer.write(bytes(4))
            await writer.drain()
            return (await reader.read(4096)).rstrip(b"\0\n")
        finally:
            writer.close()

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if "/" in self.address:
            return await asyncio.open_unix_connection(self.address)
        host, _, port = self.address.rpartition(":")
        if not port.isdigit():
            host, port = self.address, str(_PORT)
        return await asyncio.open_connection(host, int(port))
