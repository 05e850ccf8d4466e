"""A county of as many departments as asked: one published by the real way, and copies of it."""

import re

from django.db import connection

from budgets.domain.document import digest
from budgets.models import Department
from disclosures.models import Disclosure, IndexEntry
from disclosures.models.index import INDEX

# What a copy has of its own: the key, whose it is, a first version, the department's name.
OWN = {"id", "department_id", "disclosure_id"}
FIRST = {"version": "1", "reason": "''"}
NAMED = {"title", "content", "name", "label", "text", "normal"}


def correct(sample, department):
    """A second version of the sample: some words and one amount are others."""
    content = sample.disclosure["content"].replace("培训支出", "研修支出")
    content = re.sub(r'"yuan":"[1-9][0-9.]*"', '"yuan":"123456.00"', content, count=1)
    changed = {"version": 2, "reason": "名称有误", "content": content, "digest": digest(content)}
    return sample.shelve(department, **changed)


def grow(disclosure, size):
    """Publish a disclosure for further departments too, until the year has so many."""
    known = IndexEntry.objects.filter(year=disclosure.year).count()
    made = Department.objects.bulk_create(
        Department(code=f"8{number:05}", name=f"第{number}局") for number in range(known, size)
    )
    copy_rows(Disclosure, "id", disclosure, made[0].pk)
    for model in INDEX:
        copy_rows(model, "disclosure_id", disclosure, made[0].pk)


def copy_rows(model, key, disclosure, first):
    """A disclosure's rows once more for each department from `first` on, in one statement."""
    columns = [each.column for each in model._meta.concrete_fields if each.attname not in OWN]
    filled = ", ".join(f'"{each}"' for each in columns)
    copied = ", ".join(FIRST.get(each, name_anew(each)) for each in columns)
    is_own = model is Disclosure
    pointed = "" if is_own else ", disclosure_id"
    statement = f"""
        INSERT INTO {model._meta.db_table} (department_id{pointed}, {filled})
        SELECT whose.id{pointed and ", made.id"}, {copied}
        FROM {model._meta.db_table} AS old CROSS JOIN {Department._meta.db_table} AS whose
        {"" if is_own else "JOIN disclosures_disclosure AS made ON made.department_id = whose.id"}
        WHERE old.{key} = %(disclosure)s AND whose.id >= %(first)s
    """
    known = {"disclosure": disclosure.pk, "first": first, "name": disclosure.department.name}
    with connection.cursor() as cursor:
        cursor.execute(statement, known)


def name_anew(column):
    """The column's text with the other department's name, where it may stand there."""
    return (
        f'REPLACE(old."{column}", %(name)s, whose.name)' if column in NAMED else f'old."{column}"'
    )
