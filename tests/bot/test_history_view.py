"""Every step of a complaint's log has its words, in each language, for whoever took it."""

from accounts.roles import Role
from complaints.audit_log import CITIZEN, SYSTEM
from complaints.lifecycle import LifecycleStep
from kernel.language import Language
from localisation.translations import Translations
from tests.each import each_case

ROLES = (
    *(role.value for role in (Role.HEAD, Role.OFFICER, Role.INSPECTOR, Role.COORDINATOR)),
    CITIZEN,
    SYSTEM,
)
VALUES = {"number": "26-00000001-5", "body": "Қазынашылық", "day": "1 мамыр", "days": 2}
NOTHING = {"outcome": "", "to": ""}


def test_every_step_and_role_has_words():
    texts = Translations.load()
    with each_case() as cases:
        for language in Language:
            for step in LifecycleStep:
                with cases.case(language, step):
                    assert texts.plain(language, f"history.step_{step.value}", **VALUES, **NOTHING)
            for role in ROLES:
                with cases.case(language, role):
                    assert texts.plain(language, f"history.who_{role}")
