"""What a document says has changed, figure by figure, and why."""

from dataclasses import dataclass
from decimal import Decimal

from budgets.domain.document import Change, Document, OwnWords
from budgets.domain.filing import WordsKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldChange:
    """A change with the section and the sentence that tell it, and the department's reason."""

    change: Change
    section: str
    sentence: str
    reason: str = ""

    @property
    def at(self) -> str:
        """The cell that changed."""
        return self.change.cell or self.change.at

    @property
    def difference(self) -> Decimal:
        """By how much, in the printed 万元."""
        return self.change.printed_difference

    @property
    def rate(self) -> str:
        """The rate as printed."""
        return f"{self.change.printed_rate:,.2f}"


def list_changes(document: Document) -> list[ToldChange]:
    """Every change that the sentences tell, in their order; each cell of a section once."""
    found: dict[tuple[str, str], ToldChange] = {}
    for _, section in document.sections():
        for paragraph in section.paragraphs():
            reasons = {
                span.at: span.text
                for span in paragraph.spans
                if isinstance(span, OwnWords) and span.kind is WordsKind.REASON
            }
            for span in paragraph.spans:
                if isinstance(span, Change):
                    told = ToldChange(
                        change=span,
                        section=section.key,
                        sentence=paragraph.key,
                        reason=reasons.get(span.at, ""),
                    )
                    found.setdefault((section.key, told.at), told)
    return list(found.values())
