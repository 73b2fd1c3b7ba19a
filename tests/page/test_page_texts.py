"""The page's texts: same keys and placeholders in each language, each key used. Needs no browser."""

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "localgram" / "src" / "localgram" / "page"
TEXT = re.compile(r'^  (\w+): "(.*)",$', re.MULTILINE)
LANGUAGES = ("kk", "ru", "en")


def texts(language: str) -> dict[str, str]:
    return dict(TEXT.findall((PAGE / "texts" / f"{language}.js").read_text(encoding="utf-8")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_of_a_language_file_is_a_text(language: str) -> None:
    source = (PAGE / "texts" / f"{language}.js").read_text(encoding="utf-8")
    assert source.count(': "') == len(texts(language))


@pytest.mark.parametrize("language", ["kk", "en"])
def test_every_language_has_the_russian_keys(language: str) -> None:
    assert list(texts(language)) == list(texts("ru"))


@pytest.mark.parametrize("language", ["kk", "en"])
def test_placeholders_match_the_russian_text(language: str) -> None:
    russian = texts("ru")
    for key, text in texts(language).items():
        assert places(text) == places(russian[key]), key


@pytest.mark.parametrize(("key", "count"), [("months", 12), ("weekdays", 7)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_calendar_has_all_its_names(language: str, key: str, count: int) -> None:
    assert len(set(texts(language)[key].split())) == count


def test_page_texts_and_used_keys_match() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (*PAGE.glob("*.js"), PAGE / "index.html"))
    asked = set(re.findall(r'"(\w+)"', sources))
    known = set(texts("kk"))
    used = set(re.findall(r'\bsay\("(\w+)"', sources)) | set(
        re.findall(r'data-(?:text|label|hint)="(\w+)"', sources)
    )
    assert used <= known
    assert known - asked - {"name"} == set()  # `name`, the language's own, is read as a property


@pytest.mark.parametrize("path", sorted(PAGE.glob("*.js")), ids=lambda path: path.name)
def test_page_never_parses_markup(path: Path) -> None:
    forbidden = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function")
    assert [name for name in forbidden if name in path.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize("path", sorted(PAGE.rglob("*.*")), ids=lambda path: path.name)
def test_page_loads_no_external_assets(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert re.findall(r"""(?:src|href)="https?:|url\(["']?https?:|from "https?:|@import""", source) == []


def places(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))
