"""Where the web part is reached from outside."""

from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

CALENDAR_PATH = "/calendar/{token}.ics"
OPEN_DATA_PATH = "/open"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicAddress:
    """The base URL of the web part; `base` is None without one."""

    base: str | None = None

    @classmethod
    def beside(cls, webhook_url: str | None) -> Self:
        """The address on the host of Telegram's webhook."""
        if webhook_url is None:
            return cls()
        parts = urlsplit(webhook_url)
        return cls(base=f"{parts.scheme}://{parts.netloc}")

    def calendar(self, token: str) -> str:
        return f"{self.base}{CALENDAR_PATH.format(token=token)}"

    @property
    def open_data(self) -> str | None:
        return None if self.base is None else f"{self.base}{OPEN_DATA_PATH}"
