"""A case of the corpus: a workbook, described by edits of a good one, and all that is said."""

from dataclasses import dataclass
from functools import cache

from django.conf import settings

from tests.corpus import printed
from tests.corpus.edits import drop, edited
from tests.factories import schools

SAMPLE = settings.BASE_DIR / "samples" / "尉犁县总工会-2025.xlsx"


@cache
def filing():
    """The sample's filing workbook, without the long lists behind its drop-downs."""
    return edited(SAMPLE.read_bytes(), [drop("代码表")])


BASES = {"filing": filing, "printed": printed.sample, "schools": schools.tables}
UNION, SCHOOLS = "107001", "201"
# Whose budget of 2025 a workbook is uploaded for.
OWNERS = {"filing": UNION, "printed": UNION, "schools": SCHOOLS}


def lines(block):
    """The lines of a block of text."""
    return tuple(line.strip() for line in block.splitlines() if line.strip())


@dataclass(frozen=True)
class Case:
    """`base` names a good workbook; `told` is every problem, a line each, and nothing else.

    A workbook without an error can be imported.
    """

    name: str
    base: str
    edits: tuple = ()
    told: tuple[str, ...] = ()

    @property
    def content(self):
        """The workbook."""
        return edited(BASES[self.base](), self.edits) if self.edits else BASES[self.base]()

    @property
    def is_good(self):
        """True where nothing that is said is an error."""
        return not any(line.startswith("错误") for line in self.told)
