"""Which general rules of Law 88-V apply to a service."""

from registry_data.schema import LifeSituation, ServiceCard

SOCIAL_SITUATIONS = {LifeSituation.PENSION, LifeSituation.SOCIAL}
SOCIAL_WORDS = ("пенси", "пособи", "социальной выплат", "социальных выплат", "социальные выплат")


def is_licence(card: ServiceCard) -> bool:
    """Whether a licence is issued: common grounds of refusal then do not apply (Law 88-V Art. 19-1 ¶4)."""
    return "лицензи" in card.names.ru.casefold()


def is_social_security(card: ServiceCard) -> bool:
    """Whether notarised copies may be required, as pension and social-security law allows (Art. 5 ¶2 2))."""
    name = card.names.ru.casefold()
    return card.life_situation in SOCIAL_SITUATIONS or any(word in name for word in SOCIAL_WORDS)
