"""What a command says beside its result."""

import sys


def say(line: str) -> None:
    """Write to standard error; standard output is for the result."""
    sys.stderr.write(f"{line}\n")
