"""Import sources and export targets: a folder of YAML files, a CSV or an XLSX file."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from registry_data.contents import Registry, load_registry
from registry_data.damage import faults_of_texts
from registry_data.faults import Fault, FaultsError
from registry_data.load import CardsRead, body_of, read_cards
from registry_data.sheets.csv_file import read_csv, write_csv
from registry_data.sheets.limits import reject
from registry_data.sheets.rows import read_rows
from registry_data.sheets.xlsx_file import read_xlsx, write_xlsx
from registry_data.store import KINDS

READERS = {".csv": read_csv, ".xlsx": read_xlsx}
WRITERS = {".csv": write_csv, ".xlsx": write_xlsx}


def read_source(path: Path, present: Registry) -> Registry:
    """The registry after an import of `path`: its cards, and everything else as in `present`.

    A folder with `services` and `acts.yaml` is a whole registry; any other folder contains only cards. Raises
    FaultsError with all faults.
    """
    if (path / "services").is_dir():
        registry = load_registry(path)
        if damage := tuple(_damage(registry, present)):
            raise FaultsError(damage)
        return registry
    read = _read_cards(path, present)
    return replace(present, cards=read.cards, acts=read.acts)


def write_cards(path: Path, registry: Registry) -> None:
    """Write the cards to a CSV or XLSX file. Raises FaultsError for any other extension."""
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        raise reject(path.name, "the name of the file ends neither in .csv nor in .xlsx")
    writer(path, registry.cards)


def _damage(registry: Registry, present: Registry) -> Iterator[Fault]:
    """Damaged texts of a whole registry; the files of its cards and guides are named after their keys."""
    for name, kind in KINDS:
        old = {kind.key_of(record): record for record in getattr(present, name)}
        for record in getattr(registry, name):
            key = kind.key_of(record)
            yield from faults_of_texts(f"{name}: {key}", body_of(record) or {}, body_of(old.get(key)))


def _read_cards(path: Path, present: Registry) -> CardsRead:
    if path.is_dir():
        return read_cards(path, present.acts, present.cards)
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise reject(path.name, "neither a folder of YAML files, nor a .csv or .xlsx file")
    return read_rows(path.name, reader(path), present.acts, present.cards)
