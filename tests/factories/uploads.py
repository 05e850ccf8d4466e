"""Uploads that have been examined, in the tests' own process: the same, without the second of one
that starts."""

from budgets.importing.examination import examine_file, pack_examination
from budgets.importing.examination_queue import claim_upload, conclude
from budgets.importing.uploads import fingerprint_basis, prepare_examination, receive_upload


def upload_examined(budget, content, who, filename="预算.xlsx"):
    """A file that came in for a budget, with what was found."""
    received = receive_upload(budget, content, filename, who)
    examine_here(budget)
    received.refresh_from_db()
    return received


def examine_here(budget):
    """Examine the file that waits, which is the budget's."""
    claimed = claim_upload()
    assert claimed.budget == budget
    basis = fingerprint_basis(claimed.budget)
    examination = examine_file(prepare_examination(budget, bytes(claimed.content)))
    packed = pack_examination(examination)
    conclude(claimed, examination.verdict.problems, basis=basis, examination=packed)
