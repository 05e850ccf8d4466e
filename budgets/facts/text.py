"""What a person may type: signs that every database and file format holds, read one way only."""

import re

# Controls but tab and line ends, halves of pairs, signs that are none; and those that turn the
# direction of reading, by which a figure could be shown backwards.
UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def purge(text: str) -> str:
    """The text without the signs that nobody types."""
    return UNFIT.sub("", text)
