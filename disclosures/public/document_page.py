"""The document as a page, in the unit asked for, with last year beside it or not."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace as copy
from datetime import datetime
from hashlib import sha256
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from budgets.domain.answers import answer
from budgets.domain.document import Document
from budgets.domain.passages import list_changes
from disclosures.models import Disclosure
from disclosures.public.open_data import describe_dataset, name_contents
from disclosures.public.responses import identify_release, public_page, reply
from disclosures.public.versions import find_versions
from disclosures.public.years import switch_years
from disclosures.publishing.drawing import DrawnDocument, LastYear, draw_document


@require_safe
@public_page(minutes=1, parameters=["unit=yuan", "last=1"])
def show_page(
    request: HttpRequest, year: int, code: str, version: int | None = None
) -> HttpResponse:
    versions = find_versions(year, code, version)
    switch = switch_years(versions.chosen.department, year)
    options = DisplayOptions.read(versions.chosen, request.GET)
    shown = sha256(f"{switch.tag}{options.tag}".encode()).hexdigest()[:12]
    tag = f"{versions.tag}-{shown}-{identify_release()}"
    moment = max(filter(None, (versions.moment, switch.moment, options.moment)))

    def draw_page() -> HttpResponse:
        document = versions.chosen.document
        context = versions.context | {
            "document": document,
            "drawn": options.draw(document, versions.address),
            "answers": answer(document),
            "contents": name_contents(year),
            "options": options,
            "last": options.last,
            "switch": switch,
            "dataset": describe_dataset(versions, request.build_absolute_uri),
        }
        return render(request, "disclosures/page.html", context)

    return reply(request, tag, moment, draw_page)


@dataclass(frozen=True, slots=True)
class DisplayOptions:
    """The two questions an address may ask; whatever else it says changes nothing.

    `last` is last year's disclosure where it is asked for and there is one.
    """

    in_yuan: bool = False
    with_last: bool = False
    last: Disclosure | None = None

    @classmethod
    def read(cls, disclosure: Disclosure, asked: Mapping[str, str]) -> "DisplayOptions":
        """From an address: `unit=yuan`, `last=1`."""
        in_yuan, with_last = asked.get("unit") == "yuan", asked.get("last") == "1"
        before = Disclosure.objects.for_address(disclosure.year - 1, disclosure.department.code)
        return cls(in_yuan, with_last, before.first() if with_last else None)

    @property
    def tag(self) -> str:
        """What tells apart the pages of one version."""
        return f"{self.in_yuan:d}{self.with_last:d}{self.last.digest if self.last else ''}"

    @property
    def moment(self) -> datetime | None:
        """When last year's disclosure was published."""
        return self.last.published_at if self.last else None

    @property
    def other_unit(self) -> str:
        """The address of the same page in the other unit."""
        return copy(self, in_yuan=not self.in_yuan).query

    @property
    def other_last(self) -> str:
        """The address of the same page with or without last year."""
        return copy(self, with_last=not self.with_last).query

    @property
    def query(self) -> str:
        """What stands in the address; `?` alone is the plain page."""
        asked = {"unit": "yuan"} if self.in_yuan else {}
        return "?" + urlencode(asked | ({"last": "1"} if self.with_last else {}))

    def draw(self, document: Document, base: str) -> DrawnDocument:
        """The document as it is to be shown, its terms explained; `base` is its address."""
        last = None
        if self.with_last:
            last = read_last_year(self.last.document) if self.last else infer_last_year(document)
        return draw_document(document, opens=True, in_yuan=self.in_yuan, base=base, last=last)


def read_last_year(document: Document) -> LastYear:
    """Last year's own tables, known in whole; its targets were of other projects."""
    tables = {table.key: table for table in document.tables if table.number is not None}
    cells = (cell for table in tables.values() for cell in table.amounts())
    return LastYear({cell.at: cell.yuan for cell in cells if cell.yuan is not None}, tables)


def infer_last_year(document: Document) -> LastYear:
    """What the sentences say of last year, for the cells they name."""
    return LastYear({told.at: told.change.last for told in list_changes(document)})
