"""Stored things as the shapes that answers have, with absolute addresses."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest

from budgets.domain.document import Table
from budgets.models import Department
from disclosures.models import Disclosure


class Describer:
    """Describes for one request, whose host the addresses are of."""

    def __init__(self, request: HttpRequest) -> None:
        self.locate = request.build_absolute_uri

    def department(self, department: Department) -> dict:
        """A department with the years in which it published."""
        years = {disclosure.year for disclosure in department.disclosures.all()}
        return {
            "code": department.code,
            "name": department.name,
            "years": sorted(years, reverse=True),
        }

    def disclosure(self, disclosure: Disclosure) -> dict:
        """A version with its files."""
        own = self.own(disclosure)
        kinds = [file.kind for file in disclosure.files.all()]
        return {
            "year": disclosure.year,
            "department": disclosure.department.organisation,
            "version": disclosure.version,
            "title": disclosure.title,
            "published_at": disclosure.published_at,
            "reason": disclosure.reason,
            "digest": disclosure.digest,
            "address": f"{own}/",
            "files": {kind: f"{own}.{kind}" for kind in kinds},
        }

    def table(self, disclosure: Disclosure, table: Table) -> dict:
        """A table of a version, without its rows."""
        own = f"{self.own(disclosure)}/tables/{table.key}"
        named = {name: getattr(table, name) for name in ("key", "label", "title", "unit", "scope")}
        files = {form: f"{own}.{form}" for form in ("csv", "xlsx", "json")}
        return named | {"is_empty": bool(table.empty), "files": files}

    def figure(self, disclosure: Disclosure, figure: Mapping[str, Any]) -> dict:
        """An amount with the address to cite it by."""
        mark = quote(figure["at"], safe=".:")
        return {
            **figure,
            "yuan": f"{figure['yuan']:.2f}",
            "address": f"{self.own(disclosure)}/#{mark}",
        }

    def own(self, disclosure: Disclosure) -> str:
        """The version's permanent address, without what closes it."""
        code = disclosure.department.code
        return self.locate(f"/{disclosure.year}/{code}/v{disclosure.version}")
