"""Names of departments as a reader looks for them: without the county before them."""

import re

# 中共尉犁县委办公室 is looked for under 县委, 尉犁县教育局 under 教育局.
COUNTY = re.compile(r"^(?:中共)?[^县市区旗]{1,10}(?:自治[县旗]|[县旗市区])(?!委)(?=.{2})")
COMMITTEE = re.compile(r"^(?:中共)?[^县市区旗]{1,10}(?=[县市区旗]委)")


def strip_county(name: str) -> str:
    """The name without the county's: 教育局 of 尉犁县教育局; all of it where none stands there."""
    return COUNTY.sub("", COMMITTEE.sub("", name)) or name
