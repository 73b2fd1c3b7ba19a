"""The bot's profile: name, descriptions, commands and menu button, by language and scope."""

from dataclasses import dataclass, field
from typing import Any

import telegram


@dataclass(slots=True, kw_only=True)
class BotProfile:
    name: str
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[tuple[str, str], tuple[telegram.BotCommand, ...]] = field(default_factory=dict)
    menu_button: dict[str, Any] = field(default_factory=lambda: {"type": "commands"})

    def commands_for(self, language: str) -> tuple[telegram.BotCommand, ...]:
        """The commands shown in a private chat to a person with this language."""
        for scope in ('{"type": "all_private_chats"}', '{"type": "default"}'):
            for code in (language, ""):
                if found := self.commands.get((scope, code)):
                    return found
        return ()
