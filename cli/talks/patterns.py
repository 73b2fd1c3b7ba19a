"""What a text of the bot looks like in a chat: a pattern made from its template.

Values become gaps, declined words alternatives; what stands in a condition or a loop may be missing.
"""

import re
from html import unescape

from jinja2 import Environment, nodes

_TAGS = re.compile(r"</?[a-z][^>]*>")
_GAP = r"[\s\S]*?"
_PARSER = Environment()  # noqa: S701  parses only  # nosec B701
NO_BREAK = str.maketrans({"\u00a0": " ", "\u202f": " "})


def spaced(text: str) -> str:
    """`text` with each non-breaking space as a space."""
    return text.translate(NO_BREAK)


def pattern_of(template: str) -> re.Pattern[str] | None:
    """None for a template without words of its own, which could be anything."""
    pieces = [piece for node in _PARSER.parse(template).body for piece in _pieces(node)]
    words = list(pieces)
    while words and words[0] == _GAP:
        del words[0]
    while words and words[-1] == _GAP:
        words.pop()
    source = "".join(words)
    if not any(letter.isalpha() for letter in source.replace(_GAP, "")):
        return None
    begins = r"(?<!\w)" if words == pieces[: len(words)] and source[0].isalnum() else ""
    ends = r"(?!\w)" if words == pieces[-len(words) :] and source[-1].isalnum() else ""
    return re.compile(f"{begins}{source}{ends}", re.IGNORECASE)


def _pieces(node: nodes.Node) -> list[str]:
    if not isinstance(node, nodes.Output):
        return [_GAP]
    return [_piece(one) for one in node.nodes]


def _piece(node: nodes.Node) -> str:
    if isinstance(node, nodes.TemplateData):
        return re.escape(spaced(unescape(_TAGS.sub("", node.data))))
    if isinstance(node, nodes.Filter) and node.name == "plural":
        forms = [one.value for one in node.args if isinstance(one, nodes.Const)]
        return f"(?:{'|'.join(re.escape(spaced(form)) for form in forms)})"
    return _GAP
