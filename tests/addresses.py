"""An address for every name of the public site, with the sample published and once corrected."""

from disclosures.urls import urlpatterns

PAGE, VERSION = "/2025/107001/", "/2025/107001/v2/"
ADDRESSES = {
    "home": "/",
    "year": "/2025/",
    "year-by-kind": "/2025/by-kind/",
    "year-by-size": "/2025/by-size/",
    "years": "/years/",
    "search": "/search/?q=工会",
    "identify": "/verify/",
    "data": "/data/",
    "feed": "/feed.atom",
    "department-feed": "/feeds/107001.atom",
    "embed": "/embed/2025/107001/tables/T6/",
    "version-embed": "/embed/2025/107001/v2/tables/T6/",
    "robots": "/robots.txt",
    "sitemap": "/sitemap.xml",
    "published": "/published.csv",
    "published-year": "/2025.json",
    "package": "/2025/package.zip",
    "page": PAGE,
    "file": "/2025/107001.json",
    "table": f"{PAGE}tables/T6.csv",
    "version": VERSION,
    "version-file": "/2025/107001/v2.xlsx",
    "version-table": f"{VERSION}tables/T6.json",
    "changes": f"{VERSION}changes/",
    "changes-since": f"{VERSION}changes/v1/",
    "charts": f"{PAGE}charts/",
    "chart": f"{PAGE}charts/income.svg",
    "picture": f"{PAGE}picture/",
    "cell": f"{PAGE}cells/T6.301.total/",
    "sentence": f"{PAGE}sentences/N3.T3.total.basic/",
    "codes": "/codes/",
    "code": "/codes/function/20805/",
    "code-scope": "/codes/function/20805/whole/",
    "code-scope-by": "/codes/function/20805/whole/by-amount/",
    "code-list": "/codes/function/20805/whole.csv",
    "topic": "/three-public/",
    "topic-year": "/three-public/2025/",
    "topic-year-by": "/three-public/2025/by-amount/",
    "topic-list": "/three-public/2025.csv",
    "reasons": "/reasons/",
    "reasons-year": "/reasons/2025/",
    "reasons-year-by": "/reasons/2025/by-rate/",
    "reasons-list": "/reasons/2025.csv",
    "timeliness": "/timeliness/",
    "timeliness-year": "/timeliness/2025/",
    "timeliness-list": "/timeliness/2025.csv",
    "version-charts": f"{VERSION}charts/",
    "version-chart": f"{VERSION}charts/income.svg",
    "version-picture": f"{VERSION}picture/",
    "version-cell": f"{VERSION}cells/T6.301.total/",
    "version-sentence": f"{VERSION}sentences/N3.T3.total.basic/",
}


def list_names():
    """The names of all addresses that the public site has."""
    return {each.name for each in urlpatterns}
