"""Glossary terms explained where they stand: marked in the sentences, in plain words below them."""

import re
from dataclasses import dataclass
from functools import cached_property

from budgets.domain.document import Document

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
# The parts whose sentences link the terms; the glossary has their plain words.
EXPLAINED, GLOSSARY = ("profile", "notes"), "glossary"


@dataclass(frozen=True, slots=True)
class Term:
    """A term, the official meaning, the plain one (empty for a department's own), its address."""

    name: str
    meaning: str
    plain: str
    key: str


class Terms(dict[str, Term]):
    """The terms that a document's glossary explains, by name."""

    @classmethod
    def of(cls, document: Document) -> "Terms":
        """From the glossary; of two entries with one name the last counts."""
        terms = cls()
        for part, section in document.sections():
            for paragraph in section.paragraphs() if part.key == GLOSSARY else ():
                entry = paragraph.entry
                name = entry.get("term", "").strip()
                if SHORTEST <= len(name) <= LONGEST:
                    terms[name] = Term(name, entry["meaning"], PLAIN.get(name, ""), paragraph.key)
        return terms

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Any of the names, the longest first: a term may stand inside another."""
        return re.compile("|".join(map(re.escape, sorted(self, key=len, reverse=True))))

    def split(self, text: str, met: dict[str, Term]) -> list[tuple[str, str]]:
        """(piece, the address of the term that it names or nothing) of a text.

        A term in `met` is linked already; the others are added to it where they first stand.
        """
        pieces, start = [], 0
        for found in self.pattern.finditer(text) if self else ():
            name = found.group()
            if name not in met:
                met[name] = self[name]
                pieces += [(text[start : found.start()], ""), (name, self[name].key)]
                start = found.end()
        return [*pieces, (text[start:], "")]
