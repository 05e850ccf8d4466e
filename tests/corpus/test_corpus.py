"""Every workbook of the corpus is told exactly what is wrong with it, cell by cell."""

import pytest

from budgets.importing.examination import examine_file
from budgets.importing.uploads import prepare_examination
from tests.corpus.case import OWNERS
from tests.corpus.files_cases import FILES_CASES
from tests.corpus.filing_cases import FILING_CASES
from tests.corpus.tables_cases import TABLES_CASES

pytestmark = pytest.mark.django_db
CASES = (*FILES_CASES, *FILING_CASES, *TABLES_CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_workbook_is_told_all_that_is_wrong(case, budgets):
    verdict = examine_file(prepare_examination(budgets[OWNERS[case.base]], case.content)).verdict
    assert [str(problem) for problem in verdict.problems] == list(case.told)
    assert (verdict.filing is not None) is case.is_good


def test_cases_have_names_of_their_own():
    names = [case.name for case in CASES]
    assert sorted(set(names)) == sorted(names)
