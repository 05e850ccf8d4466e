"""What the interface answers: the same figures as the document, page by page, with words."""

from datetime import timedelta

import pytest

from budgets.domain.document import AGENCY_OPERATING
from budgets.models import Department
from tests.disclosures.conftest import PUBLISHED_AT
from tests.disclosures.thawed import freeze_again, thaw

pytestmark = pytest.mark.django_db
ROOT = "/api/v1"
SAMPLE = f"{ROOT}/disclosures/2025/107001"


def read_pages(client, address):
    """Everything that a list holds, following `next` to its end."""
    found = []
    while address:
        answer = client.get(address).json()
        found += answer["data"]
        address = answer["meta"]["next"]
    return found


@pytest.fixture
def corrected(sample, union, published):
    later = PUBLISHED_AT + timedelta(days=1)
    return sample.shelve(
        union, version=2, digest="2" * 64, reason="更正采购预算", published_at=later
    )


def test_figures_are_those_of_the_document(client, published):
    figures = read_pages(client, f"{SAMPLE}/figures?page_size=100")
    amounts = published.document.amounts
    # What stands outside the tables is compared between years, but is no cell.
    assert {figure["at"]: figure["yuan"] for figure in figures} == {
        at: f"{yuan:.2f}" for at, yuan in amounts.items() if at != AGENCY_OPERATING
    }
    assert len({figure["at"] for figure in figures}) == len(figures) > 200


def test_figure_says_what_it_is(client, published):
    figures = read_pages(client, f"{SAMPLE}/figures?table=T3")
    (found,) = (figure for figure in figures if figure["at"] == "T3.2012901.project")
    assert found == {
        "at": "T3.2012901.project",
        "table": "T3",
        "row": "2012901",
        "name": "行政运行",
        "column": "project",
        "heading": "支出预算/项目支出",
        "scope": found["scope"],
        "yuan": "1277100.00",
        "text": "127.71",
        "address": "http://testserver/2025/107001/v1/#T3.2012901.project",
    }
    assert {figure["table"] for figure in figures} == {"T3"}


def test_page_knows_its_place(client, published):
    total = client.get(f"{SAMPLE}/figures").json()["meta"]["total"]
    first = client.get(f"{SAMPLE}/figures?page_size=200").json()
    last = client.get(first["meta"]["next"]).json()
    beyond = client.get(f"{SAMPLE}/figures?page_size=200&page=9").json()
    address = f"http://testserver{SAMPLE}/figures?page_size=200&page="
    assert first["meta"] == {
        "total": total,
        "page": 1,
        "page_size": 200,
        "pages": 2,
        "next": f"{address}2",
        "previous": None,
    }
    assert last["meta"] == first["meta"] | {"page": 2, "next": None, "previous": f"{address}1"}
    assert (len(first["data"]), len(last["data"])) == (200, total - 200)
    assert (beyond["data"], beyond["meta"]["previous"]) == ([], f"{address}2")


def test_correction_is_told(client, corrected):
    assert client.get(SAMPLE).json()["messages"] == ["第2版是更正，原因：更正采购预算"]
    assert client.get(f"{SAMPLE}?version=1").json()["messages"] == [
        "这是第1版，已经更正；现行的是第2版，更正原因：更正采购预算"
    ]
    current = client.get(f"{ROOT}/disclosures").json()
    assert current["messages"][-1] == "本页有1份更正过，原因见 reason。"
    versions = client.get(f"{ROOT}/disclosures?versions=all&department=107001").json()
    assert [each["version"] for each in current["data"]] == [2]
    assert [each["version"] for each in versions["data"]] == [2, 1]


def test_table_comes_whole_with_its_scope(client, published):
    answer = client.get(f"{SAMPLE}/tables/T8").json()
    table = published.document.tables_by_key["T8"]
    assert answer["data"]["table"] == thaw(freeze_again(table))
    assert answer["messages"][1:3] == [f"口径：{table.scope}。", table.empty]
    listed = client.get(f"{SAMPLE}/tables").json()["data"]
    assert [table["key"] for table in listed][:2] == ["T1", "T2"]
    for address in listed[0]["files"].values():
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("address", "status", "messages"),
    [
        ("disclosures/2024/107001", 404, ["尉犁县总工会2024年尚未公开，这一年没有它的预算公开。"]),
        (
            "disclosures/2025/107001?version=7",
            404,
            ["尉犁县总工会2025年部门预算公开只公开过1个版本，没有第7版。"],
        ),
        ("disclosures/2025/107001/tables/T99", 404, ["这个版本没有编号为“T99”的表。"]),
        ("disclosures/2025/107001/figures?table=T99", 404, ["这个版本没有编号为“T99”的表。"]),
        ("nothing", 404, ["接口没有这个地址，全部地址见 /api/v1/openapi.json。"]),
        ("departments?page=0", 422, ["参数“page”太小，界限是 1。"]),
        ("departments?page_size=201", 422, ["参数“page_size”太大，界限是 200。"]),
        ("disclosures?year=今年", 422, ["参数“year”应当是整数。"]),
        ("disclosures?yaer=2025", 422, ["参数“yaer”不认识，请核对拼写。"]),
    ],
)
def test_refusal_says_what_is_wrong(client, published, address, status, messages):
    answer = client.get(f"{ROOT}/{address}")
    assert (answer.status_code, answer.json()) == (
        status,
        {"status": status, "messages": messages},
    )


def test_interface_only_reads_and_is_open_to_all(client, published):
    own = {"origin": "https://other.example"}
    read = client.get(f"{ROOT}/years", headers=own)
    assert read["Access-Control-Allow-Origin"] == "*"
    assert read["Cache-Control"] == "public, max-age=15, stale-while-revalidate=15"
    assert not read.cookies
    assert read["Vary"] == "Accept-Encoding"
    head = client.head(f"{ROOT}/years", headers=own)
    assert (head.status_code, head["ETag"]) == (200, read["ETag"])
    assert client.get(f"{ROOT}/years", headers={"if-none-match": read["ETag"]}).status_code == 304
    asked = client.options(f"{ROOT}/years", headers=own)
    assert (asked.status_code, asked["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")
    for refused in (client.post(f"{ROOT}/years"), client.delete(SAMPLE)):
        assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD, OPTIONS")
        assert refused.json() == {"status": 405, "messages": ["这个接口只供读取，请用 GET。"]}


def test_other_websites_read_files_but_no_page(client, published):
    for address in ("/2025/107001/v1.json", "/2025/107001/tables/T1.csv", "/published.json"):
        assert client.get(address)["Access-Control-Allow-Origin"] == "*"
    for address in ("/", "/2025/107001/", "/admin/", "/admin/jsi18n/"):
        assert "Access-Control-Allow-Origin" not in client.get(address)


@pytest.mark.parametrize("departments", [1, 3])
@pytest.mark.parametrize(
    ("resource", "queries"), [("departments", 3), ("disclosures", 3), ("years", 2)]
)
def test_list_costs_the_same_for_many(
    client, sample, django_assert_num_queries, departments, resource, queries
):
    for number in range(departments):
        sample.shelve(Department.objects.create(code=str(number), name=f"第{number}部门"))
    with django_assert_num_queries(queries):
        answer = client.get(f"{ROOT}/{resource}").json()
    assert len(answer["data"]) == (1 if resource == "years" else departments)


FILES = {
    "published": "/published",
    "reasons": "/reasons/2025",
    "timeliness": "/timeliness/2025",
    "corrections": "/timeliness/2025/corrections",
    "indicators": "/indicators/2025",
    "staff": "/staff/2025",
    "projects-whole": "/projects/2025/whole",
}


@pytest.mark.parametrize("name", FILES)
def test_list_has_the_rows_of_its_file(client, corrected, name):
    file = client.get(f"{FILES[name]}.json").json()
    told = client.get(f"{ROOT}/reports/{name}").json()
    assert (told["title"], told["columns"]) == (file["title"], file["columns"])
    assert read_pages(client, f"{ROOT}/reports/{name}?page_size=7") == file["rows"]
    assert told["messages"][:-1] == file["messages"]


def test_every_list_is_offered_and_answers(client, published):
    offered = client.get(f"{ROOT}/reports").json()["data"]
    assert {"published", "three-public", "projects-general"} <= {each["name"] for each in offered}
    for each in offered:
        assert client.get(each["address"]).json()["data"] is not None


def test_list_is_narrowed_by_department_and_function(client, published):
    whole = read_pages(client, f"{ROOT}/reports/reasons?page_size=200")
    asked = f"{ROOT}/reports/reasons?page_size=200&department=107001&function=208"
    found = read_pages(client, asked)
    assert found == [each for each in whole if each["function"].startswith("208")] != []
    assert read_pages(client, f"{ROOT}/reports/reasons?department=107002") == []


@pytest.mark.parametrize(
    ("asked", "status", "words"),
    [
        ("reports/moon", 404, "没有名为“moon”的名单，可以用的是：published、"),
        ("reports/reasons?year=2019", 404, "2019年还没有公开的部门预算。"),
        ("reports/staff?department=107001", 422, "参数“department”不认识，请核对拼写。"),
        ("reports/corrections?function=208", 422, "参数“function”不认识，请核对拼写。"),
        ("reports/reasons?sort=change", 422, "参数“sort”不认识，请核对拼写。"),
    ],
)
def test_list_that_cannot_be_is_refused_in_words(client, published, asked, status, words):
    answer = client.get(f"{ROOT}/{asked}")
    assert answer.status_code == status
    assert answer.json()["messages"][0].startswith(words)
