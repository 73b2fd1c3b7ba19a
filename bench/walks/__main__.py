"""How many files a change passes through: `python -m bench.walks [--json] [--list]`.

Three walks are traced: a question until its answer is sent, the callback that submits a complaint until its
receipt, a due date in the calculator. It counts our files that run, and the pairs of files of which one calls
the other, directly or through a library. Exit status 1 where a walk is longer than the target: two thirds of
its length before issue 13.
"""

import argparse
import asyncio
import json
from dataclasses import dataclass

from bench.walks.bot import running
from bench.walks.tracing import Walk
from bench.walks.walking import WALKS, walk_of

TARGET = 2 / 3


@dataclass(frozen=True, slots=True)
class Size:
    files: int
    hops: int


BASELINE_COMMIT = "584c473"
BASELINE = {"question": Size(61, 94), "send": Size(91, 170), "due date": Size(57, 93)}


async def measure() -> dict[str, Walk]:
    async with running() as around:
        return {name: await walk_of(begin, around.client) for name, begin in WALKS.items()}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--list", action="store_true", help="name files, hops and files that only pass on")
    given = parser.parse_args()
    walks = asyncio.run(measure())
    if given.json:
        print(json.dumps({name: figures(name, walk) for name, walk in walks.items()}, indent=1))
    else:
        for name, walk in walks.items():
            print(line(name, walk))
            if given.list:
                print(listing(walk))
    return int(any(is_too_long(name, walk) for name, walk in walks.items()))


def is_too_long(name: str, walk: Walk) -> bool:
    before = BASELINE[name]
    return len(walk.files) > TARGET * before.files or len(walk.hops) > TARGET * before.hops


def figures(name: str, walk: Walk) -> dict[str, float]:
    before = BASELINE[name]
    return {
        "files": len(walk.files),
        "hops": len(walk.hops),
        "baseline files": before.files,
        "baseline hops": before.hops,
        "files of baseline": round(len(walk.files) / before.files, 2),
        "hops of baseline": round(len(walk.hops) / before.hops, 2),
    }


def line(name: str, walk: Walk) -> str:
    found = figures(name, walk)
    return (
        f"{name}: {found['files']} files ({found['baseline files']} at {BASELINE_COMMIT}, "
        f"ratio {found['files of baseline']}), {found['hops']} hops ({found['baseline hops']}, "
        f"ratio {found['hops of baseline']}); target {TARGET:.2f}"
    )


def listing(walk: Walk) -> str:
    lines = [f"  {name}" for name in sorted(walk.files)]
    lines += [f"  {caller} -> {callee}" for caller, callee in sorted(walk.hops)]
    return "\n".join([*lines, "  only passing on:", *(f"  {chain}" for chain in walk.passing())])


if __name__ == "__main__":
    raise SystemExit(main())
