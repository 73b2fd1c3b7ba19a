"""The antivirus port against clamd itself, where it is installed (package clamav-daemon).

It gets a signature of our own: the real ones are fetched from the net.
"""

import hashlib
import subprocess
from collections.abc import Iterator
from pathlib import Path
from shutil import which

import pytest

from complaints.attachments.antivirus import Clamd
from complaints.attachments.sniffing import FileHarmfulError

KNOWN = b"a file that the antivirus knows"
STARTED = "Self checking every"
pytestmark = pytest.mark.skipif(which("clamd") is None, reason="clamd is not installed")


@pytest.fixture
def clamd(tmp_path: Path) -> Iterator[Clamd]:
    signatures, socket, config = tmp_path / "signatures", tmp_path / "clamd.ctl", tmp_path / "clamd.conf"
    signatures.mkdir()
    digest = hashlib.md5(KNOWN, usedforsecurity=False).hexdigest()
    (signatures / "own.hdb").write_text(f"{digest}:{len(KNOWN)}:Own.Signature\n", encoding="ascii")
    settings = {
        "DatabaseDirectory": signatures,
        "LocalSocket": socket,
        "TemporaryDirectory": tmp_path,
        "Foreground": "yes",
        "StreamMaxLength": "1M",
    }
    config.write_text("".join(f"{name} {value}\n" for name, value in settings.items()), encoding="utf-8")
    command = ["clamd", "--config-file", str(config)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        assert any(STARTED in line for line in process.stdout)
        yield Clamd(str(socket))
        process.terminate()
        process.stdout.read()


async def test_clamd_itself_decides(clamd: Clamd):
    await clamd.check(b"%PDF-1.7 an ordinary file" * 10_000)
    with pytest.raises(FileHarmfulError):
        await clamd.check(KNOWN)
    with pytest.raises(OSError, match=r".*"):  # larger than clamd takes: the file waits
        await clamd.check(b"a" * 3_000_000)
