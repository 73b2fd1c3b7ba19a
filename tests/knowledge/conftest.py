import pytest

from knowledge.answer import Knowledge
from registry_data.guide import load_guides
from registry_data.load import load_cards
from registry_data.schema import ServiceCard


@pytest.fixture(scope="session")
def cards() -> tuple[ServiceCard, ...]:
    return load_cards()


@pytest.fixture(scope="session")
def knowledge(cards) -> Knowledge:
    return Knowledge(cards, guides=load_guides())
