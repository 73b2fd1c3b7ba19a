"""The three languages have the same texts, and code holds none of them."""

import ast
import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, meta

from kernel.language import Language
from localisation.translations import TEXTS, Translations, filters, load_texts
from registry_data.schema import LifeSituation, ServiceChannel, ServiceForm, TermUnit

BOT = Path(__file__).parents[2] / "bot"
KAZAKH_LETTERS = set("әғқңөұүһіӘҒҚҢӨҰҮҺІ")
SENDING_CALLS = {"answer", "edit_text", "send_message", "reply"}

texts = {language: load_texts(TEXTS / language.value) for language in Language}


ENVIRONMENT = Environment(autoescape=True)
ENVIRONMENT.filters.update(filters(Language.EN))


def placeholders(text: str) -> set[str]:
    return meta.find_undeclared_variables(ENVIRONMENT.parse(text))


@pytest.mark.parametrize("language", [Language.RU, Language.EN])
def test_every_language_has_the_kazakh_keys(language: Language):
    assert texts[language].keys() == texts[Language.KK].keys()


def differing(read: Callable[[str], Collection[str]]) -> dict[str, dict[str, Collection[str]]]:
    """The keys of which the languages' texts read differently, each with what was read."""
    found = {
        key: {language.value: read(texts[language].get(key, "")) for language in Language}
        for key in texts[Language.KK]
    }
    return {
        key: values
        for key, values in found.items()
        if values["kk"] != values["ru"] or values["kk"] != values["en"]
    }


def test_placeholders_match_in_every_language():
    assert differing(placeholders) == {}


def test_no_condition_asks_a_literal():
    """`none` in a template is nothing, whatever a window gives under that name."""
    literal = re.compile(r"{% (?:el)?if (?:not )?(?:none|true|false)\b", re.IGNORECASE)
    assert [key for key, text in texts[Language.KK].items() if literal.search(text)] == []


def test_tags_match_in_every_language():
    assert differing(lambda text: sorted(re.findall(r"</?\w+", text))) == {}


def test_russian_texts_hold_no_kazakh_letters():
    own_name = {"common.language_name", "menu.main"}  # the product's name is Kazakh everywhere
    found = [key for key, text in texts[Language.RU].items() if KAZAKH_LETTERS & set(text)]
    assert set(found) <= own_name


def test_every_registry_value_has_a_text():
    expected = {
        *(f"card.at_{channel.value}" for channel in ServiceChannel),
        *(f"card.form_{form.value}" for form in ServiceForm),
        *(f"card.{unit.value}" for unit in TermUnit),
        *(f"situation.{situation.value}" for situation in LifeSituation),
    }
    assert expected <= Translations.load().keys()


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (1, "1 рабочий день"),
        (2, "2 рабочих дня"),
        (5, "5 рабочих дней"),
        (11, "11 рабочих дней"),  # eleven, unlike one
        (12, "12 рабочих дней"),  # twelve, unlike two
        (21, "21 рабочий день"),
        (112, "112 рабочих дней"),
    ],
)
def test_russian_nouns_agree_with_numbers(amount: int, expected: str):
    assert Translations.load().plain(Language.RU, "card.working_days", amount=amount) == expected


def test_kazakh_nouns_stay_singular_after_numbers():
    assert Translations.load().plain(Language.KK, "card.working_days", amount=15) == "15 жұмыс күні"


def string_constants(tree: ast.Module) -> Iterator[ast.Constant]:
    """Every string of a module that is no docstring."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node


def literals_for_readers(tree: ast.Module) -> list[str]:
    """Strings with Cyrillic letters, and calls that send a literal."""
    cyrillic = [node.value for node in string_constants(tree) if re.search("[а-яәғқңөұүһі]", str(node.value))]
    sent = [
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in SENDING_CALLS
        and any(isinstance(arg, ast.Constant | ast.JoinedStr) for arg in node.args)
    ]
    return [*map(str, cyrillic), *sent]


@pytest.mark.slow
def test_code_holds_no_user_visible_text():
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in BOT.rglob("*.py")}
    found = {str(path.relative_to(BOT)): literals_for_readers(tree) for path, tree in trees.items()}
    assert {path: literals for path, literals in found.items() if literals} == {}
