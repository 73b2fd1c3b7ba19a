"""Kinds of mistakes that a reader of the Kazakh texts found stay mended, in every text, guide and paper."""

import re
from pathlib import Path

from tests.each import each_case

ROOT = Path(__file__).parents[2]
READ = (
    "bot/texts/kk/*.yaml",
    "registry_data/guides/*.yaml",
    "registry_data/papers/*.yaml",
    "registry_data/forms/*.yaml",
)
# What is wrong, and what stands there instead.
MISTAKES = {
    r"жұмыс күні кешікті": "жұмыс күніне кешікті (lateness takes the dative)",
    r"-жұмыс күн\b(?!і)|\}-\{\{ unit \}\} күн": "7-жұмыс күні (an ordinal with its noun)",
    r"\}\} (?:бастап|оқылды|өткен)\b": "{{ day }} күнінен бастап, {{ day }} күні оқылды",
    r"файлды? қолтаңба|қолтаңбасы(?:на|мен)": "файл сипаттамасы (a caption is no signature)",
    r"(?:ұйымның|актінің|жобасының|органның|мекеменің) аты(?:н|\b)": "атауы (ат is a person's first name)",
    r"[Дд]ерек көз": "дереккөз",
    r"1414 нөмірінен (?:сұра|нақты)": "1414 нөміріне хабарласып",
    r"файл алынба": "қабылданбайды",
    r"(?<!№ )\b78[ -]бұйрық": "№ 78 бұйрық",
    r"[Тт]үйме": "батырма",
    r"қорытындысымен": "қорытындысы бойынша",
    r"үстелі": "панелі (a calque)",
    r"айырмасы\b": "айырмашылығы",
    r"рөлін алу|рөл(?:іңіз)? алынды": "қайтарып алу (alone it reads as getting the role)",
    r"минут алады": "минуттан аспайды",
    r"(?<![Мм]емлекеттік )(?<!бар )көрсетілетін қызметтер туралы»": "the law's new title",
}
# Acts that forms and guides repeat write it in both ways.
OF_OURS = {r"электронды(?!қ)": "электрондық"}


def kazakh() -> dict[str, str]:
    """The texts by file; of the registry's files the Kazakh lines: aliases are what people type."""
    found = {}
    for path in (path for pattern in READ for path in sorted(ROOT.glob(pattern))):
        text = path.read_text(encoding="utf-8")
        if not path.is_relative_to(ROOT / "bot"):
            text = "\n".join(line for line in text.splitlines() if "kk: " in line)
        found[path.relative_to(ROOT).as_posix()] = text
    return found


def test_mended_kinds_stay_mended():
    texts = kazakh()
    assert len(texts) > 60
    with each_case() as cases:
        for pattern, right in (MISTAKES | OF_OURS).items():
            found = [
                f"{name}: …{text[max(0, one.start() - 30) : one.end() + 20]}…"
                for name, text in texts.items()
                if pattern in MISTAKES or name.startswith("bot/")
                for one in re.finditer(pattern, text, re.IGNORECASE)
            ]
            with cases.case(right):
                assert found == []
