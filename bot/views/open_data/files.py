"""The open data as CSV and as JSON."""

import csv
import io
import json
from collections.abc import Sequence

from bot.views.open_data.columns import COLUMNS, Names, rows
from kernel.language import Language
from localisation.translations import Translations
from oversight.open_data.store import QuarterFigures


def as_csv(quarters: Sequence[QuarterFigures], names: Names) -> str:
    """The columns of COLUMNS under their names (RFC 4180); an empty cell is a hidden figure."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows(quarters, names))
    return text.getvalue()


def as_json(quarters: Sequence[QuarterFigures], names: Names, texts: Translations) -> str:
    """`{"columns": [{"name", "kk", "ru", "en"}], "rows": [{…}]}`; null is a hidden figure."""
    columns = [
        {"name": name, **{one.value: texts.plain(one, f"open.column_{name}") for one in Language}}
        for name in COLUMNS
        if not name.startswith(("body_", "service_"))
    ]
    named = [
        {
            "name": f"{kind}_{written.value}",
            **{one.value: texts.plain(one, f"open.column_{kind}_name") for one in Language},
        }
        for kind in ("body", "service")
        for written in Language
    ]
    content = {"columns": [*columns, *named], "rows": list(rows(quarters, names))}
    return json.dumps(content, ensure_ascii=False)
