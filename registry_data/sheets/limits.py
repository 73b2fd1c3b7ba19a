"""Size limits of untrusted files."""

from pathlib import Path

from registry_data.faults import Fault, FaultsError

MAX_FILE_BYTES = 20_000_000
MAX_UNPACKED_BYTES = 60_000_000
MAX_PARTS = 1_000
MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_CELL_CHARACTERS = 32_767  # the limit of spreadsheet programs
TOO_LONG = f"more than {MAX_CELL_CHARACTERS} characters do not fit a cell"


def reject(file: str, reason: str, key: str = "") -> FaultsError:
    return FaultsError((Fault(file=file, key=key, reason=reason),))


def check_size(path: Path) -> None:
    """Raises FaultsError if the file is unreadable or too large."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise reject(path.name, error.strerror or str(error)) from error
    if size > MAX_FILE_BYTES:
        raise reject(path.name, f"{size} bytes are more than {MAX_FILE_BYTES}")
