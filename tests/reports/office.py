"""What of LibreOffice is installed here: its Writer may come without its Calc."""

import shutil
from pathlib import Path


def missing(*programs: str) -> list[str]:
    """Those of "swriter", "scalc" and "pdftoppm" that this machine has not."""
    return [program for program in programs if not _is_installed(program)]


def _is_installed(program: str) -> bool:
    office = shutil.which("soffice")
    beside = Path(office).resolve().parent / program if office else None
    return shutil.which(program) is not None or (beside is not None and beside.exists())
