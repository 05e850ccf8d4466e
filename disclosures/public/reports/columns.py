"""Columns and filters that lists about departments share."""

from operator import attrgetter

from django_filters import CharFilter, FilterSet

from disclosures.publishing.report import Column

YEAR = Column("year", "年度", attrgetter("year"))
CODE = Column("code", "部门编码", attrgetter("department.code"))
DEPARTMENT = Column("department", "部门", attrgetter("department_name"))


class DepartmentFilter(FilterSet):
    """Those of one department, by its code."""

    department = CharFilter("department__code")


class FunctionFilter(DepartmentFilter):
    """Those below one function code, too."""

    function = CharFilter("function", "startswith")
