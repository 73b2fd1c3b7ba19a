"""The bot's webhook and the state of its delivery."""

from dataclasses import dataclass
from datetime import datetime

import telegram


@dataclass(slots=True, kw_only=True)
class WebhookState:
    """Without a `url` the bot polls."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    ip_address: str | None = None
    last_error_date: datetime | None = None
    last_error_message: str | None = None

    def described(self, pending: int, allowed: list[str]) -> telegram.WebhookInfo:
        return telegram.WebhookInfo(
            url=self.url,
            has_custom_certificate=False,
            pending_update_count=pending,
            ip_address=self.ip_address,
            max_connections=self.max_connections if self.url else None,
            allowed_updates=allowed or None,
            last_error_date=self.last_error_date,
            last_error_message=self.last_error_message,
        )
