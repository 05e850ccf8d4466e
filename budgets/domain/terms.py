"""Glossary terms explained where they stand: marked in the sentences, in plain words below them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Data = dict[str, Any]
# Shorter words stand everywhere by chance, longer ones nowhere.
SHORTEST, LONGEST = 2, 20
# The standard terms as one would explain them to a neighbour; the official wording stands beside.
PLAIN = {
    "财政拨款": "财政给的钱：税收等公共收入、专项基金和国有资本收益，由财政部门按预算拨给部门。",
    "一般公共预算": "以税收为主的公共收入安排的钱，用于民生、发展和机关运转。",
    "财政专户管理资金": "主要是学费等教育收费：收上来存进财政专户，核准以后再拨给单位使用。",
    "其他资金": "财政拨款以外单位自己取得的钱，例如事业收入、经营收入。",
    "基本支出": "保证机构正常运转、完成日常工作的开支：人员工资和日常公用开支。",
    "项目支出": "在基本支出之外，为完成某一件特定工作专门安排的开支。",
    "“三公”经费": "用财政拨款出国（境）、购置和使用公务用车、公务接待这三样开支。",
    "机关运行经费": "机关日常运转的开支，例如办公、水电、差旅、会议、维修；不含人员工资。",
}
EXPLAINING = ("profile", "notes")


@dataclass(frozen=True, slots=True)
class Term:
    """A term, the official meaning, the plain one (empty for a department's own), its address."""

    name: str
    meaning: str
    plain: str
    key: str


def explain_terms(document: Data) -> Data:
    """A composed document whose sections link each term once and explain it at their end.

    The glossary's paragraphs get their plain words.
    """
    terms = {term.name: term for part in document["parts"] for term in list_terms(part)}
    return document | {"parts": [explain_part(part, terms) for part in document["parts"]]}


def list_terms(part: Data) -> Iterator[Term]:
    """The terms that the glossary explains."""
    for section in part["sections"] if part["key"] == "glossary" else ():
        for block in section["blocks"]:
            entry = block.get("entry") or {"term": ""}
            name = entry["term"].strip()
            if SHORTEST <= len(name) <= LONGEST:
                yield Term(name, entry["meaning"], PLAIN.get(name, ""), block["key"])


def explain_part(part: Data, terms: Mapping[str, Term]) -> Data:
    """A part with its terms linked, or the glossary with its plain words."""
    if part["key"] == "glossary":
        plain = {term.key: term.plain for term in terms.values()}
        return part | {"sections": [add_plain(section, plain) for section in part["sections"]]}
    if part["key"] in EXPLAINING and terms:
        return part | {"sections": [explain_section(each, terms) for each in part["sections"]]}
    return part


def add_plain(section: Data, plain: Mapping[str, str]) -> Data:
    """The glossary's section with plain words at its paragraphs."""
    blocks = [block | {"plain": plain.get(block.get("key"), "")} for block in section["blocks"]]
    return section | {"blocks": blocks}


def explain_section(section: Data, terms: Mapping[str, Term]) -> Data:
    """A section with the first place of each term linked; `terms` lists them in that order."""
    # The longest first: a term may stand inside another.
    names = sorted(terms, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, names)))
    met: dict[str, Term] = {}
    blocks = [mark_block(block, pattern, terms, met) for block in section["blocks"]]
    return section | {"blocks": blocks, "terms": list(met.values())}


def mark_block(
    block: Data, pattern: re.Pattern[str], terms: Mapping[str, Term], met: dict[str, Term]
) -> Data:
    """A paragraph whose own text has its new terms linked; figures and own words stay."""
    if block["type"] != "paragraph":
        return block
    spans: list[Data] = []
    for span in block["spans"]:
        is_plain = not span["href"] and not span["words"]
        spans += split_span(span, pattern, terms, met) if is_plain else [span]
    return block | {"spans": spans}


def split_span(
    span: Data, pattern: re.Pattern[str], terms: Mapping[str, Term], met: dict[str, Term]
) -> Iterable[Data]:
    """A plain text cut at the terms that have not been met."""
    start = 0
    for found in pattern.finditer(span["text"]):
        name = found.group()
        if name not in met:
            met[name] = terms[name]
            yield span | {"text": span["text"][start : found.start()]}
            yield span | {"text": name, "term": terms[name].key}
            start = found.end()
    yield span | {"text": span["text"][start:]}
