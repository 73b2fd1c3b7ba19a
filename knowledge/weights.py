"""What each channel of evidence and each sign of confidence weighs.

Made by `python -m bench.answers.fit --all --write`; how, and on which questions, stands in docs/answers.md.
"""

from typing import Final

CHANNEL_WEIGHTS: Final = {
    "grams": 1.000,
    "best_grams": 0.671,
    "words": 0.788,
    "best_words": 1.189,
    "body": 0.254,
    "unasked_marks": -0.037,
    "missed_marks": -0.083,
    "guide": -0.226,
}

CONFIDENCE_WEIGHTS: Final = {
    "constant": -7.906,
    "score": 2.118,
    "margin": 1.440,
    "coverage": 0.318,
    "grams": 0.614,
    "unknown": -0.722,
    "length": 1.859,
    "strange": -1.411,
}
