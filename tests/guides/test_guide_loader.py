"""The loader of guides names file, key and reason of every fault, and loads nothing that has one."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from registry_data.faults import FaultsError
from registry_data.guide import GuideAudience, load_guides

TEXT = {"kk": "Мәтін", "ru": "Текст", "en": "Text"}
SOURCE = {"url": "https://egov.kz", "checked": "2026-11-21"}
GUIDE: dict[str, Any] = {
    "slug": "my-rights",
    "audience": "citizen",
    "names": TEXT,
    "aliases": {"kk": ["құқық"], "ru": ["права"], "en": ["rights"]},
    "body": [
        {**TEXT, "citation": {"act": "law-88-V", "point": "Art. 4 ¶1"}},
        {**TEXT, "source": SOURCE},
        {**TEXT, "citation": {"act": "order-78", "point": "¶15"}},
    ],
    "contacts": [{"kind": "phone", "value": "1414", "label": TEXT, "source": SOURCE}],
    "checked": "2026-11-21",
}


def write(folder: Path, guide: dict[str, Any], name: str = "my-rights.yaml") -> None:
    (folder / name).write_text(yaml.safe_dump(guide, allow_unicode=True), encoding="utf-8")


def changed(path: str, value: object) -> dict[str, Any]:
    """GUIDE with the value at a dotted path replaced, or taken away where it is None."""
    guide: Any = json.loads(json.dumps(GUIDE))  # shares no part with itself, unlike a deep copy
    *way, last = path.split(".")
    place = guide
    for step in way:
        place = place[int(step) if step.isdigit() else step]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return guide


def test_complete_guide_is_loaded(tmp_path: Path):
    write(tmp_path, GUIDE)
    (guide,) = load_guides(tmp_path)
    assert guide.slug == "my-rights"
    assert guide.audience is GuideAudience.CITIZEN
    assert guide.body[0].citation is not None
    assert guide.body[1].source is not None


@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        ("names.en", None, "names.en"),  # every text stands in three languages
        ("body.0.en", None, "body.0.en"),
        ("contacts.0.label.en", None, "contacts.0.label.en"),
        ("aliases.en", [], "aliases.en"),
        ("aliases.kk", None, "aliases.kk"),
        ("body.0.citation", None, "body.0"),  # neither act nor page
        ("body.0.source", SOURCE, "body.0"),  # both
        ("body.0.citation.point", "25", "body.0.citation.point"),
        ("body.0.citation.act", "law-99", "body.0.citation.act"),
        ("body.1.source.url", "http://egov.kz", "body.1.source.url"),
        ("body", [GUIDE["body"][0]], "body"),  # one paragraph is too few
        ("body", [GUIDE["body"][0]] * 7, "body"),  # and seven too many
        ("contacts.0.kind", "fax", "contacts.0.kind"),
        ("contacts.0.value", "1414 (free)", "contacts.0"),
        ("contacts.0", {**GUIDE["contacts"][0], "kind": "site", "value": "egov.kz"}, "contacts.0"),
        ("audience", "everybody", "audience"),
        ("slug", "my_rights", "slug"),
        ("slug", "her-rights", "slug"),  # not the file's name
        ("colour", "red", "colour"),  # no such field
    ],
)
def test_fault_names_file_and_key(tmp_path: Path, path: str, value: object, key: str):
    write(tmp_path, with_contact(value) if path == "contacts.0" else changed(path, value))
    with pytest.raises(FaultsError) as caught:
        load_guides(tmp_path)
    assert [(fault.file, fault.key) for fault in caught.value.faults] == [("my-rights.yaml", key)]
    assert caught.value.faults[0].reason


def with_contact(contact: object) -> dict[str, Any]:
    return {**GUIDE, "contacts": [contact]}


def test_faults_of_all_files_are_reported_together(tmp_path: Path):
    write(tmp_path, changed("names.en", None))
    write(tmp_path, {**GUIDE, "slug": "other"}, "costs.yaml")
    with pytest.raises(FaultsError) as caught:
        load_guides(tmp_path)
    assert {fault.file for fault in caught.value.faults} == {"my-rights.yaml", "costs.yaml"}


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "slug: [\n", "slug: a\nslug: b\n"])
def test_invalid_guide_file_is_a_fault(tmp_path: Path, text: str):
    (tmp_path / "my-rights.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(FaultsError, match=r"my-rights\.yaml"):
        load_guides(tmp_path)


def test_empty_folder_holds_no_guides(tmp_path: Path):
    assert load_guides(tmp_path) == ()
