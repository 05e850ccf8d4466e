"""What a disclosure's page tells machines: a schema.org Dataset, harmless inside HTML."""

import json
from collections.abc import Callable

from django.utils.safestring import SafeString, mark_safe

from budgets.models.chart import find_table_set
from disclosures.models import DisclosureFile
from disclosures.public.versions import Shelf
from disclosures.publishing.exports import TYPES

# The characters with which a text could end its script element or begin another.
ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def describe_dataset(shelf: Shelf, locate: Callable[[str], str]) -> SafeString:
    """The chosen version as JSON-LD; `locate` makes a path an absolute address."""
    chosen = shelf.chosen
    base = shelf.address.removesuffix("/")
    dataset = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": locate(shelf.address),
        "url": locate(shelf.canonical),
        "name": chosen.title,
        "description": f"{chosen.title}：{name_contents(chosen.year)}。",
        "inLanguage": "zh-CN",
        "isAccessibleForFree": True,
        "temporalCoverage": str(chosen.year),
        "datePublished": chosen.published_at.isoformat(),
        "version": str(chosen.version),
        "identifier": f"sha256:{chosen.digest}",
        "creator": {"@type": "GovernmentOrganization", "name": chosen.department.name},
        "distribution": [
            describe_file(file, locate(f"{base}.{file.kind}")) for file in chosen.files.all()
        ],
    }
    return embed(dataset)


def name_contents(year: int) -> str:
    """What a document of the year holds."""
    return f"{find_table_set(year).counted}预算表、情况说明、绩效目标与名词解释"


def describe_file(file: DisclosureFile, address: str) -> dict:
    """One of the forms in which the dataset can be taken away."""
    return {
        "@type": "DataDownload",
        "name": file.name,
        "encodingFormat": TYPES[file.kind],
        "contentUrl": address,
        "contentSize": f"{file.size} B",
        "sha256": file.sha256,
    }


def embed(data: dict) -> SafeString:
    """JSON that may stand inside a script element of any type: no sign in it is markup."""
    text = json.dumps(data, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(text)  # noqa: S308
