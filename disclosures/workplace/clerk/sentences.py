"""The notes with their blanks left open: the same sentences, with a slot for every word asked."""

from budgets.domain.document import Node
from budgets.domain.filing import WordsKind
from budgets.domain.money import show_wan
from budgets.domain.notes.sentences import Spans, compose
from budgets.domain.notes.writer import GAP, Writer


class Slot(Node, frozen=True, kw_only=True):
    """A piece of a sentence that depends on what the department says of the cell `at`.

    `slot` is basis, change, reason or use. `lead` is printed before the department's words, and
    with them only. `needed` words are missed where there are none.
    """

    text: str
    at: str
    slot: str
    kind: WordsKind | None = None
    lead: str = ""
    needed: bool = False
    missing: str = ""


class OpenWriter(Writer):
    """A writer whose notes keep a slot for every reason and use, also where none is demanded."""

    __slots__ = ()

    def change(self, at: str, *, with_reason: bool = True) -> Spans:
        """比上年…增加…, with its reason; one that the note does not demand may stay empty."""
        basis = Slot(text=self.basis(at), at=at, slot="basis")
        moved = compose(self.wording.CHANGE, basis=basis, change=self.change_alone(at))
        return (*moved, self.reason_slot(at, needed=with_reason and self.has_changed(at)))

    def change_alone(self, at: str, *, with_reason: bool = True) -> Spans:
        """增加…万元，增长…% as one piece, so that it can be renewed as a whole."""
        spans = Writer.change_alone(self, at, with_reason=with_reason)
        missing = "prior" if self.history.last(at) is None else ""
        text = "".join(span.text for span in spans)
        return [Slot(text=text, at=at, slot="change", missing=missing)]

    def reason(self, at: str) -> Spans:
        """The reason's slot, whether there is a reason or not."""
        return [self.reason_slot(at, needed=self.has_changed(at))]

    def reason_slot(self, at: str, *, needed: bool) -> Slot:
        """A slot for a reason."""
        return self.words_slot(at, WordsKind.REASON, needed=needed)

    def use(self, at: str) -> Slot:
        """The slot of a use, which is always demanded."""
        return self.words_slot(at, WordsKind.USE, needed=True)

    def words_slot(self, at: str, kind: WordsKind, *, needed: bool) -> Slot:
        """A slot for the department's words, with those that there are."""
        own = self.phrase(at, kind)
        lead = self.wording.REASON.partition("{words}")[0] if kind is WordsKind.REASON else ""
        return Slot(
            text=own or GAP,
            at=at,
            kind=kind,
            slot=kind.value,
            lead=lead,
            needed=needed,
            missing="" if own else kind.value,
        )

    def this_year(self, at: str) -> str:
        """The cell's amount as printed, in 万元."""
        return show_wan(self.yuan(at))
