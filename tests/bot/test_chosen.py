"""Button data and earlier choices are validated like any client input."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.dialogs.chosen import as_key_of, as_kind, as_number, as_one_of, number_in, organisation_of, text_in
from bot.dialogs.outdated import WindowOutdatedError
from complaints.facts import ServiceDelivery
from complaints.kinds.kind import OF_CITIZENS


@dataclass
class Manager:
    """The part of a DialogManager that the readers use."""

    start_data: Any = None
    dialog_data: dict[str, Any] = field(default_factory=dict)


def manager(start_data: Any = None, **dialog_data: Any) -> Any:
    return Manager(start_data=start_data, dialog_data=dialog_data)


def test_number_of_a_button_is_read():
    assert as_number("42") == 42


@pytest.mark.parametrize("text", ["", "-1", "4 2", "x", "٤٢", "²", "9" * 19, "1.0"])
def test_non_numeric_text_is_outdated(text: str):
    with pytest.raises(WindowOutdatedError):
        as_number(text)


def test_member_of_an_enum_is_read():
    assert as_one_of(ServiceDelivery, ServiceDelivery.OFFICE.value) is ServiceDelivery.OFFICE


@pytest.mark.parametrize("value", ["", "nowhere", None, 1])
def test_unknown_enum_value_is_outdated(value: object):
    with pytest.raises(WindowOutdatedError):
        as_one_of(ServiceDelivery, value)


def test_value_of_a_known_name_is_found():
    assert as_key_of({"one": 1}, "one") == 1


def test_unknown_name_is_outdated():
    with pytest.raises(WindowOutdatedError):
        as_key_of({"one": 1}, "two")


def test_kinds_that_citizens_choose_are_read():
    assert [as_kind(kind.value) for kind in OF_CITIZENS] == list(OF_CITIZENS)


def test_unknown_kind_is_outdated():
    with pytest.raises(WindowOutdatedError):
        as_kind("no_such_kind")


def test_start_data_is_read():
    assert organisation_of(manager({"organisation": "almaty"})) == "almaty"


def test_later_choice_overrides_the_start_data():
    assert organisation_of(manager({"organisation": "almaty"}, organisation="astana")) == "astana"


@pytest.mark.parametrize("start_data", [None, {}, {"member": "1"}, "member"])
def test_missing_number_is_outdated(start_data: Any):
    with pytest.raises(WindowOutdatedError):
        number_in(manager(start_data), "member")


def test_missing_text_is_outdated():
    with pytest.raises(WindowOutdatedError):
        text_in(manager({"form": 1}), "form")
