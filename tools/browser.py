"""Find and start Chromium, for the tests of the chat page and for screenshots."""

import shutil
from pathlib import Path

from playwright.async_api import Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_chromium(playwright: Playwright) -> str | None:
    """The path of a Chromium: the system's, else playwright's own, else None."""
    own = Path(playwright.chromium.executable_path)
    found = (path for name in NAMES if (path := shutil.which(name)))
    return next(found, str(own) if own.is_file() else None)
