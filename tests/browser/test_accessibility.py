"""Every type of public page, judged by axe-core at three widths, in light and dark."""

import re
from pathlib import Path

import pytest

from budgets.domain.document import digest
from disclosures.public.urls import urlpatterns
from tests.disclosures import conftest as shelf

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]
sample, union, published = shelf.sample, shelf.union, shelf.published
AXE = (Path(__file__).parent / "axe-core-4.14.1" / "axe.min.js").read_text(encoding="utf-8")
LOOKS = ((320, "light"), (768, "dark"), (1440, "light"))
JUDGE = """async () => {
  const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const found = await axe.run(document, {runOnly: {type: "tag", values: rules}});
  return found.violations.map(each => [
    each.id, each.nodes.length, each.nodes[0].html.slice(0, 160), each.nodes[0].failureSummary,
  ]);
}"""
# Every type of page by its name in the addresses; what follows no page names the file it gives.
PAGES = {
    "home": "/",
    "year-by-kind": "/2025/by-kind/",
    "years": "/years/",
    "data": "/data/",
    "search": "/search/?q=工会",
    "identify": "/verify/",
    "page": "/2025/107001/",
    "charts": "/2025/107001/charts/",
    "county-charts": "/2025/charts/",
    "picture": "/2025/107001/picture/",
    "cell": "/2025/107001/cells/T6.301.total/",
    "sentence": "/2025/107001/sentences/N3.T3.total.basic/",
    "changes": "/2025/107001/v2/changes/",
    "codes": "/codes/",
    "code": "/codes/function/20805/",
    "topic": "/three-public/",
    "reasons": "/reasons/",
    "projects": "/projects/",
    "project": "/projects/107001/2025年工会工作经费/",
    "indicators": "/indicators/",
    "indicators-department": "/indicators/107001/",
    "compare": "/compare/?department=107001",
    "timeliness": "/timeliness/",
    "embed": "/embed/2025/107001/tables/T6/",
}
SAME_AS = {
    "year": "home",
    "year-by-size": "year-by-kind",
    "changes-since": "changes",
    "version": "page",
    "version-charts": "charts",
    "version-picture": "picture",
    "version-cell": "cell",
    "version-embed": "embed",
    "version-sentence": "sentence",
    "code-scope": "code",
    "code-scope-by": "code",
    "topic-year": "topic",
    "reasons-year": "reasons",
    "projects-year": "projects",
    "projects-money": "projects",
    "projects-money-by": "projects",
    "indicators-year": "indicators",
    "reasons-year-by": "reasons",
    "timeliness-year": "timeliness",
    "corrections": "timeliness",
    "topic-year-by": "topic",
}
FILES = {
    "department-feed",
    "feed",
    "package",
    "robots",
    "sitemap",
    "sitemap-part",
    "published",
    "published-year",
    "county-table",
    "county-chart",
    "county-chart-png",
    "file",
    "table",
    "version-file",
    "version-table",
    "chart",
    "version-chart",
    "chart-png",
    "version-chart-png",
    "picture-file",
    "version-picture-file",
    "code-list",
    "topic-list",
    "compare-list",
    "reasons-list",
    "projects-list",
    "indicators-list",
    "timeliness-list",
    "corrections-list",
    "years-list",
    "schema",
}


def judge(page, address):
    """What axe-core finds wrong with the page at an address."""
    page.goto(address)
    page.evaluate(AXE)
    return page.evaluate(JUDGE)


def test_every_type_of_page_is_judged():
    assert {each.name for each in urlpatterns} == {*PAGES, *SAME_AS, *FILES}


@pytest.fixture
def corrected(sample, union, published):
    """The sample with a correction of some words and of one amount."""
    content = sample.disclosure["content"].replace("培训支出", "研修支出")
    content = re.sub(r'"yuan":"[1-9][0-9.]*"', '"yuan":"123456.00"', content, count=1)
    assert content != sample.disclosure["content"]
    return sample.shelve(
        union, version=2, reason="名称有误", content=content, digest=digest(content)
    )


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_public_pages_have_no_flaw(open_window, corrected, width, scheme):
    page = open_window(viewport={"width": width, "height": 900}, color_scheme=scheme)
    found = {address: judge(page, address) for address in PAGES.values()}
    assert found == {address: [] for address in PAGES.values()}


def test_page_that_is_missing_has_no_flaw(browser, live_server, db):
    page = browser.new_page(base_url=live_server.url)
    assert judge(page, "/2025/999999/") == []
    page.close()
