"""Each recipe of CONTRIBUTING.md works as written."""

import pytest

from tools.prove_contributing import DOCUMENT, NO_RECIPES, RECIPES, faults_of


def test_every_section_is_a_recipe_that_is_proved():
    assert DOCUMENT.keys() - set(NO_RECIPES) == RECIPES.keys()


@pytest.mark.long
@pytest.mark.parametrize("title", RECIPES)
def test_a_recipe_works_as_written(title: str):
    assert faults_of(title) == []
