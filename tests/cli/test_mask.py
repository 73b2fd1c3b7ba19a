"""`qyzmet mask`."""

from typer.testing import CliRunner

from cli.main import app


def test_each_line_is_printed_as_it_would_be_kept():
    lines = ["паспорт 10 жылға 8650 теңге", "", "ЖСН 900101 300007\u2028бар", "меня зовут", "1414"]
    shown = CliRunner().invoke(app, ["mask"], input="\n".join(lines))
    assert shown.output.split("\n")[:-1] == ["паспорт 10 жылға 8650 теңге", "", "ЖСН ███ бар", "", "1414"]
