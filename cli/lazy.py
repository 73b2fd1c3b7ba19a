"""Commands whose modules are imported only when they run: listing them needs only their names."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any, ClassVar

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_group

# Packages that production installs do without, and the extra to install for each.
EXTRAS = {
    "telegram": "python-telegram-bot is not installed; "
    "the local Telegram needs it: pip install 'qyzmet[local]'",
    "localgram": "localgram is not installed; the local Telegram needs it: pip install 'qyzmet[local]'",
}


@dataclass(frozen=True, slots=True)
class Lazy:
    """Where a command is: `module:name` of a function or of a Typer with subcommands."""

    target: str
    help: str  # the first line of the function's docstring, so that the list of commands needs no import

    def is_installed(self) -> bool:
        """The production image leaves out commands for developers."""
        return find_spec(self.target.partition(":")[0]) is not None

    def load(self, name: str) -> Any:
        """The real command, under this name."""
        module, _, attribute = self.target.partition(":")
        found = getattr(_imported(module), attribute)
        parent = typer.Typer()
        if isinstance(found, typer.Typer):
            parent.add_typer(found, name=name, help=self.help)
        else:
            parent.command(name=name)(found)
        return get_group(parent).commands[name]


def _imported(module: str) -> ModuleType:
    """Exits with 1 and names the extra to install if its package is missing."""
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name not in EXTRAS:
            raise
        typer.echo(EXTRAS[error.name], err=True)
        raise typer.Exit(1) from error


class LazyGroup(TyperGroup):
    """A group that lists placeholders and runs the commands in `lazy`, as far as they are installed."""

    lazy: ClassVar[Mapping[str, Lazy]] = {}

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        for name, one in self.lazy.items():
            if one.is_installed():
                self.add_command(TyperCommand(name, help=one.help))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Returns the real command; completion of its options uses this too."""
        name, command, rest = super().resolve_command(ctx, args)
        if name is not None and name in self.lazy:
            command = self.lazy[name].load(name)
        return name, command, rest
