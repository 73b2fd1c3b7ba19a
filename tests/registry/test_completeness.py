"""How much the cards hold: the rules, and the floors written in docs/registry.md."""

import json
import re
from datetime import date
from pathlib import Path

from typer.testing import CliRunner

from cli.registry import app
from registry_data.completeness import completeness, held_items, is_signpost, official_page
from registry_data.contents import Registry
from registry_data.load import DATA
from registry_data.official_sites import is_official
from registry_data.organisations import OrganisationKind
from tests.each import each_case
from tests.registry.factories import TODAY, act, card, organisation, region, registry

DOCUMENT = Path(__file__).parents[2] / "docs" / "registry.md"
AT_MOST = {"under_5", "signposts", "unofficial_sources", "lapsed"}
READ_ON = date(2026, 12, 1)


def floors() -> dict[str, int]:
    rows = re.findall(r"^\| (\w+) \| (\d+) \|", DOCUMENT.read_text(), re.MULTILINE)
    return {name: int(count) for name, count in rows}


def test_the_cards_hold_no_less_than_written_down(own: Registry) -> None:
    document = completeness(own, READ_ON).document()
    items = document.pop("items")
    assert isinstance(items, dict)
    measured = {**document, **items}
    assert measured.keys() == floors().keys()
    worse = {
        name: (measured[name], floor)
        for name, floor in floors().items()
        if (measured[name] > floor if name in AT_MOST else measured[name] < floor)
    }
    assert worse == {}, "measured and written down"
    assert measured["signposts"] == measured["under_5"], "a thin card names who is responsible and a page"


def test_the_ten_items_are_those_of_the_law() -> None:
    assert held_items(card(names={"kk": "Атау", "ru": "Название"})) == (
        "names",
        "term",
        "fee",
        "documents",
        "refusal_grounds",
    )
    assert "fee" in held_items(card(fee=[]))
    bare = card(term=None, fee=None)
    assert is_signpost(bare)
    assert not is_signpost(card())


def test_an_official_source_is_an_act_or_the_page_of_a_body() -> None:
    cases = {
        "https://egov.kz/cms/en/articles/x": True,
        "http://m.egov.kz/cms": True,
        "https://www.gov.kz/services/3195?lang=en": True,
        "https://adilet.zan.kz/rus/docs/V1": True,
        "kazakhstan-law/ministerial:07-ministerial/a/rus.md": True,
        "order № 441 of 13.08.2021, its text could not be read": True,
        "https://zakon.kz/5076512": False,
        "https://egov.kz.example.com/x": False,
        "https://notgov.kz/": False,
        "http://xn--egv-kz.com": False,
        "order № 5 of 2026 (amounts as reported by zakon.kz)": False,
        "order № 5 of 2026, on https://egov.kz/x and https://spam.ru/y": False,
        "web site of a polyclinic, its list of services": False,
        "https://adilet.zan.kz/kaz/docs/V14R0001044 (order № 5)": True,
    }
    with each_case() as trial:
        for source, official in cases.items():
            with trial.case(source):
                assert is_official(source) is official


def test_every_number_counts_what_it_says() -> None:
    cards = (
        card(slug="full", provider={"kk": "Полиция", "ru": "Полиция"}, act="act-old"),
        card(slug="marked", act="act-old", lapsed={"kk": "Жойылды", "ru": "Отменена"}),
        card(slug="thin", term=None, fee=None, provider_kind=None, source="https://spam.ru/a"),
        card(
            slug="way",
            term=None,
            fee=None,
            provider={"kk": "Полиция", "ru": "Полиция"},
            documents=None,
            source="https://egov.kz/a",
        ),
    )
    acts = (act(), act("act-old", repealed="2025-01-01"))
    police = organisation("police", OrganisationKind.TERRITORIAL_POLICE, region="akmola")
    made = registry(
        *(one.model_copy(update={"act": one.act}) for one in cards),
        acts=acts,
        organisations=(police,),
        regions=(region("akmola", "esil"), region("abai", "semey")),
    )
    measured = completeness(made, TODAY)
    assert (measured.cards, measured.under_5, measured.signposts) == (4, 2, 1)
    assert (measured.unofficial_sources, measured.lapsed) == (3, 1)
    assert (measured.routed_least, measured.least_place) == (0, ("abai", "semey"))
    assert measured.items["term"] == 2


def test_a_lapsed_act_is_known_by_its_heading() -> None:
    heading = {"kk": "Ереже (күші жойылды)", "ru": "Правила. Утратил силу приказом № 5"}
    made = registry(card(), acts=(act(title=heading),))
    assert completeness(made, TODAY).lapsed == 1


def test_the_official_page_is_the_service_s_own_before_the_act() -> None:
    cited = act(url="https://adilet.zan.kz/rus/docs/V1")
    assert official_page(card(source="https://egov.kz/a"), cited) == "https://egov.kz/a"
    assert official_page(card(source="https://spam.ru/a"), cited) == cited.url
    assert official_page(card(source="order № 5"), None) is None
    assert official_page(card(source="https://school32.edu.kz/a"), cited) == cited.url
    assert official_page(card(source="https://school32.edu.kz/a"), None) == "https://school32.edu.kz/a"


def test_the_command_prints_one_document() -> None:
    result = CliRunner().invoke(app, ["completeness", str(DATA), "--json"])
    assert result.exit_code == 0
    keys = "cards items at_least_9 under_5 signposts unofficial_sources lapsed routed_least english"
    assert list(json.loads(result.stdout)) == keys.split()
