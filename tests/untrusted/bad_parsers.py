"""Parsers that do in a child process what hostile files make real ones do."""

import os
import time
from tempfile import TemporaryFile


def length(content: bytes) -> int:
    return len(content)


def takes_memory(content: bytes) -> int:
    return len([bytes(1 << 20) for _ in range(4_000)]) + len(content)


def takes_time(_: bytes) -> None:
    while True:
        pass


def sleeps(_: bytes) -> dict[str, str]:
    time.sleep(3)
    return {"fault": "file_no_sheet"}


def crashes(_: bytes) -> None:
    os.abort()


def writes_much(_: bytes) -> str:
    return "a" * 3_000_000


def writes_a_file(_: bytes) -> None:
    with TemporaryFile() as file:
        file.write(b"a" * 3_000_000)


def looks_around(_: bytes) -> list[str]:
    return sorted(name for name in os.environ if "QYZMET" in name)


def way_of_openpyxl(_: bytes) -> list[bool]:
    import openpyxl  # noqa: PLC0415

    return [openpyxl.DEFUSEDXML, openpyxl.LXML, openpyxl.NUMPY]
