"""`qyzmet mask`: what the question log would keep of a text."""

import sys

import typer

from notifications.personal_data import kept


def mask_lines() -> None:
    """Print each line of standard input as the question log would keep it.

    One line of output for each line of input; it is empty where nothing would be kept.
    """
    # Only a newline ends a line: Unicode's other separators may stand between the digits of a number.
    sys.stdin.reconfigure(encoding="utf-8", errors="replace", newline="\n")  # type: ignore[union-attr]
    for line in sys.stdin:
        typer.echo(" ".join(kept(line.rstrip("\r\n")).splitlines()))
