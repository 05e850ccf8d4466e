"""The department's own words, brought into the form in which they continue a sentence."""

import re

from budgets.domain.filing import WordsKind

# What the sentence says already; clerks often type it again.
LEADS = {
    WordsKind.REASON: re.compile(
        r"^(?:(?:主要|变动|主要变动)?原因(?:是|为|系|在于)?[：:，,]?|是(?=因为|由于))"
    ),
    WordsKind.USE: re.compile(r"^(?:主要)?用于[：:，,]?"),
}
LINE_BREAK = re.compile(r"\s*\n\s*")
ENDINGS = "。；;，,、．. \t"


def continue_sentence(text: str, kind: WordsKind) -> str:
    """The words without what the sentence itself says before and after them; may be empty."""
    one_line = LINE_BREAK.sub("", text.strip())
    return LEADS[kind].sub("", one_line).strip().rstrip(ENDINGS)


def end_sentence(text: str) -> str:
    """A remark without its final stop, which the sentence form brings along."""
    return LINE_BREAK.sub("", text.strip()).rstrip(ENDINGS)
