"""Run a parser in a child process with limits of memory, time and output.

The parent writes the file to the child's standard input and reads JSON from its output: nothing of the
child's is unpickled, and it gets none of the parent's environment. Where the child runs out of memory or
time, or crashes, the parent gets an error and goes on.

`python -m kernel.untrusted.child package.module:function` is the child.
"""

import asyncio
import json
import os
import resource
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from importlib import import_module
from tempfile import TemporaryFile
from typing import Any, Final

MEGABYTE: Final = 1 << 20
_OUT_OF_MEMORY: Final = 64  # exit status
# Threads of their own, so that nobody else waits for one, and few: what each child may take is limited.
_THREADS: Final = ThreadPoolExecutor(3, thread_name_prefix="parser")
# No folder of the caller's, nothing of its environment.
_ISOLATION: Final = ("-I", "-B", "-X", "utf8")
_ENVIRONMENT: Final = {"OPENPYXL_LXML": "False"}


class ParserFailedError(Exception):
    """The child gave no answer: out of memory or time, crashed, or too much to say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParserLimits:
    """Memory and output in megabytes; seconds of processor time, and of waiting.

    `left_out` are packages that the child cannot import: what openpyxl loads only to save memory or draw.
    """

    memory: int = 512
    seconds: int = 10
    wait_s: float = 30.0
    output: int = 32
    left_out: tuple[str, ...] = ("numpy", "PIL", "lxml", "pandas")


async def parsed_in_child(parser: str, content: bytes, limits: ParserLimits | None = None) -> Any:
    """What `run_parser` gives, without blocking the loop; await it outside any transaction."""
    return await asyncio.get_running_loop().run_in_executor(_THREADS, run_parser, parser, content, limits)


def run_parser(parser: str, content: bytes, limits: ParserLimits | None = None) -> Any:
    """What `parser` ("package.module:function") makes of the content, in a child process.

    Blocks. Raises ParserFailedError.
    """
    limits = limits or ParserLimits()
    with TemporaryFile() as given, TemporaryFile() as made:
        given.write(content)
        given.seek(0)
        command = [
            sys.executable,
            *_ISOLATION,
            "-m",
            __name__,
            parser,
            json.dumps(asdict(limits)),
        ]
        try:
            done = subprocess.run(  # noqa: S603  our own interpreter and module
                command,
                stdin=given,
                stdout=made,
                stderr=subprocess.DEVNULL,
                env=_ENVIRONMENT,
                timeout=limits.wait_s,
                check=False,
                start_new_session=True,
            )
        except subprocess.TimeoutExpired as error:
            raise ParserFailedError("time") from error
        if done.returncode:
            raise ParserFailedError(
                "memory" if done.returncode == _OUT_OF_MEMORY else f"exit {done.returncode}"
            )
        made.seek(0)
        return _answer(made.read())


def _answer(written: bytes) -> Any:
    try:
        return json.loads(written)
    except ValueError as error:
        raise ParserFailedError("no answer") from error


def limit_this_process(limits: ParserLimits) -> None:
    """For the rest of its life; what the system does not know is left out."""
    wanted = {
        resource.RLIMIT_AS: limits.memory * MEGABYTE,
        resource.RLIMIT_CPU: limits.seconds,
        resource.RLIMIT_FSIZE: limits.output * MEGABYTE,
        resource.RLIMIT_NOFILE: 64,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in wanted.items():
        _, hard = resource.getrlimit(kind)
        most_ = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(kind, (most_, most_))
        except (ValueError, OSError):  # macOS knows no limit of address space
            continue


def main(parser: str, limits: str) -> None:
    """Read the content from standard input, write the parser's JSON to standard output."""
    allowed = ParserLimits(**json.loads(limits))
    limit_this_process(allowed)
    for name in allowed.left_out:
        sys.modules[name] = None  # type: ignore[assignment]
    module, _, function = parser.partition(":")
    try:
        made = getattr(import_module(module), function)(sys.stdin.buffer.read())
        sys.stdout.write(json.dumps(made))
        sys.stdout.flush()
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
