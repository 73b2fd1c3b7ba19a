"""An act's files, read into drafts in a child process with limits: they come from strangers.

Not only their parsers: what looks for facts in a text that somebody made up may take for ever too.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from kernel.untrusted.child import ParserFailedError, ParserLimits, run_parser
from registry_data.faults import Fault, FaultsError
from registry_data.sheets.limits import check_size, reject

PARSER: Final = "registry_data.reading.in_child:parse"
# The thickest act known takes 6 s and 200 MB.
LIMITS: Final = ParserLimits(memory=1_024, seconds=60, wait_s=180.0, left_out=("numpy", "PIL", "pandas"))
_HEAD_BYTES: Final = 4


def read_documents(files: Sequence[Path]) -> list[dict[str, Any]]:
    """The drafts of one act's files, as documents. Raises FaultsError for what is not taken."""
    contents = [_content(path) for path in files]
    names = [[path.name, len(content)] for path, content in zip(files, contents, strict=True)]
    head = json.dumps(names).encode()
    try:
        made = run_parser(PARSER, len(head).to_bytes(_HEAD_BYTES) + head + b"".join(contents), LIMITS)
    except ParserFailedError as error:
        raise reject(", ".join(path.name for path in files), f"it takes too much to read: {error}") from error
    if "faults" in made:
        raise FaultsError(tuple(Fault(**fault) for fault in made["faults"]))
    services: list[dict[str, Any]] = made["services"]
    return services


def _content(path: Path) -> bytes:
    check_size(path)
    try:
        return path.read_bytes()
    except OSError as error:
        raise reject(path.name, error.strerror or str(error)) from error


def parse(given: bytes) -> dict[str, Any]:
    """In the child: names and lengths of the files stand before their contents."""
    from registry_data.reading.files import blocks_of  # noqa: PLC0415  the parent parses nothing
    from registry_data.reading.read import drafts_of  # noqa: PLC0415

    at = _HEAD_BYTES + int.from_bytes(given[:_HEAD_BYTES])
    texts = []
    try:
        for name, length in json.loads(given[_HEAD_BYTES:at]):
            texts.append(blocks_of(name, given[at : at + length]))
            at += length
    except FaultsError as error:
        return {"faults": [asdict(fault) for fault in error.faults]}
    return {"services": [draft.document() for draft in drafts_of(texts)]}
