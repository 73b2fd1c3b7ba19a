"""`python -m bench.reading [-v] [ACT…]`: how exactly drafts are read; `-v` names what is wrong and missed."""

import sys

from bench.reading.comparison import Count, compared
from bench.reading.truth import FIELDS, truths
from registry_data.reading.read import read_drafts

PRECISION, RECALL = 0.98, 0.90


def main() -> int:
    wanted = [word for word in sys.argv[1:] if not word.startswith("-")]
    total = {name: Count() for name in FIELDS}
    acts = [act for act in truths() if not wanted or act.name in wanted]
    for act in acts:
        drafts = [draft.document() for draft in read_drafts(act.files)]
        for name, count in compared(drafts, act.services).items():
            total[name].add(count)
            if "-v" in sys.argv:
                _tell(act.name, name, count)
    every = Count()
    for count in total.values():
        every.add(count)
    print(f"{len(acts)} acts, {sum(len(act.services) for act in acts)} services\n")
    print("| field | facts in the acts | filled | right | precision | recall |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, count in (*total.items(), ("all", every)):
        shares = f"{count.precision:.3f} | {count.recall:.3f}"
        print(f"| `{name}` | {count.told} | {count.filled} | {count.right} | {shares} |")
    held = every.precision >= PRECISION and every.recall >= RECALL
    print(f"\nprecision ≥ {PRECISION}, recall ≥ {RECALL}: {'held' if held else 'MISSED'}")
    return 0 if held else 1


def _tell(act: str, name: str, count: Count) -> None:
    for fact in count.wrong:
        print(f"{act} {name} wrong: {fact}")
    for fact in count.missed:
        print(f"{act} {name} missed: {fact}")


if __name__ == "__main__":
    sys.exit(main())
