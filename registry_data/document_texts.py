"""Fixed texts of sheets and documents, by key, in three languages: `papers/*.yaml`."""

from functools import cache

from pydantic import ValidationError

from kernel.language import Language
from registry_data.faults import FaultCollector, FaultsError
from registry_data.load import DATA, as_mapping
from registry_data.schema import Text
from registry_data.yaml_file import read_yaml

DOCUMENTS = DATA / "papers"


class DocumentTexts:
    """The texts of one file in one language."""

    def __init__(self, texts: dict[str, Text], language: Language) -> None:
        self.texts = texts
        self.language = language

    def __call__(self, key: str, **values: object) -> str:
        """The text of `key` with its placeholders filled. Raises KeyError for a missing key or value."""
        text = self.texts[key].in_language(self.language)
        return text.format(**values) if values else text


def load_document_texts(name: str, language: Language) -> DocumentTexts:
    """The texts of `papers/<name>.yaml`. Raises FaultsError."""
    return DocumentTexts(_texts(name), language)


@cache
def _texts(name: str) -> dict[str, Text]:
    path = DOCUMENTS / f"{name}.yaml"
    raw = as_mapping(path.name, "", read_yaml(path))
    texts: dict[str, Text] = {}
    with FaultCollector() as faults:
        for key, value in raw.items():
            with faults.part():
                try:
                    texts[key] = Text.model_validate(value)
                except ValidationError as error:
                    raise FaultsError.of_model(path.name, error, under=key) from error
    return texts
