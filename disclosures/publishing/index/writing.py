"""Writes the index of a disclosure in force, all of it again, or says where it differs."""

from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction
from django.db.models import Model
from pypinyin import Style, lazy_pinyin

from budgets.domain.money import ZERO
from budgets.domain.tables.form import TOTAL, Role
from disclosures.models import Disclosure
from disclosures.models.index import (
    INDEX,
    IndexEntry,
    IndexFigure,
    IndexIndicator,
    IndexReason,
    IndexText,
)
from disclosures.publishing.index.contents import (
    list_index_figures,
    list_indicators,
    list_reasons,
    list_texts,
)
from disclosures.publishing.index.matching import are_pairs_whole, rebuild_pairs, strip_county

# What each table holds of a document, from its frozen content.
PARTS = (
    (IndexFigure, list_index_figures),
    (IndexIndicator, list_indicators),
    (IndexReason, list_reasons),
    (IndexText, list_texts),
)
TOTAL_INCOME = f"{Role.WHOLE}.{TOTAL}.income"


@transaction.atomic
def index_disclosure(disclosure: Disclosure) -> None:
    """Let a disclosure, the newest of its department and year, stand in the index alone."""
    rows = make_rows(disclosure)
    for model in INDEX:
        model.objects.filter(department=disclosure.department_id, year=disclosure.year).delete()
        model.objects.bulk_create(rows[model], batch_size=500)


def make_rows(disclosure: Disclosure) -> dict[type[Model], list[Any]]:
    """The rows of a disclosure by their model, not stored."""
    document = disclosure.document
    shared = {
        "disclosure_id": disclosure.pk,
        "department_id": disclosure.department_id,
        "year": disclosure.year,
    }
    rows: dict[type[Model], list[Any]] = {
        model: [model(**shared, **fields) for fields in make(document)] for model, make in PARTS
    }
    tables = [table for table in document.tables if table.number is not None]
    filled = sum(any(cell.yuan is not None for cell in table.amounts()) for table in tables)
    entry = IndexEntry(
        **shared,
        name=document.department.name,
        initial=find_initial(document.department.name),
        total=document.amounts.get(TOTAL_INCOME, ZERO),
        # How complete the document is: tables with figures and without, sections of the notes.
        tables=filled,
        empty_tables=len(tables) - filled,
        sections=sum(part.key == "notes" for part, _ in document.sections()),
        version=disclosure.version,
        published_at=disclosure.published_at,
    )
    return {IndexEntry: [entry], **rows}


def find_initial(name: str) -> str:
    """The letter under which a department is listed: that of its name without the county's."""
    (sound, *_) = lazy_pinyin(strip_county(name), style=Style.FIRST_LETTER) or [""]
    letter = sound[:1].upper()
    return letter if letter.isascii() and letter.isalpha() else "#"


def rebuild_index() -> int:
    """Make the whole index anew, a disclosure at a time; return of how many disclosures."""
    with transaction.atomic():
        # First of all, for a text can only be taken out of it with the pairs that it has there.
        rebuild_pairs()
        for model in INDEX:
            model.objects.all().delete()
        current = Disclosure.objects.current().order_by("year", "department")
        count = 0
        for disclosure in current.iterator(chunk_size=1):
            index_disclosure(disclosure)
            count += 1
    # Let it plan for the tables as they now are; by itself it looks a minute later.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in INDEX:
                cursor.execute(f"ANALYZE {model._meta.db_table}")
    return count


def find_index_differences() -> Iterator[str]:
    """What of the index is not as its frozen content says, one disclosure in a line."""
    for disclosure in Disclosure.objects.current().iterator(chunk_size=1):
        rows = make_rows(disclosure)
        for model in INDEX:
            stored = model.objects.filter(disclosure=disclosure).order_by("pk")
            if list(map(read_values, stored)) != list(map(read_values, rows[model])):
                yield f"{disclosure}：{model.__name__} 和公开的内容不一致。"
    for model in INDEX:
        if stray := model.objects.exclude(disclosure__in=Disclosure.objects.current()).count():
            yield f"{model.__name__} 有{stray}行不属于任何现行版本。"
    if not are_pairs_whole():
        yield "检索用的字对和可检索的文字不一致。"


def read_values(row: Model) -> dict[str, Any]:
    """Everything of a row but its own number."""
    return {
        field.attname: field.to_python(getattr(row, field.attname))
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
