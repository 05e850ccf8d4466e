"""A disclosure as JSON: the frozen document in an envelope that says which version it is."""

from datetime import datetime
from typing import Annotated, Any

from msgspec import Meta
from msgspec.json import schema

from budgets.domain.document import Body, Document, Node, Table, encode

Version = Annotated[int, Meta(ge=1)]
Digest = Annotated[str, Meta(pattern="^[0-9a-f]{64}$", description="SHA-256 of the document.")]
Moment = Annotated[str, Meta(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d:\d\d$")]
# Only the first version needs no reason.
CORRECTIONS_HAVE_REASONS = {
    "if": {"properties": {"version": {"minimum": 2}}},
    "then": {"properties": {"reason": {"minLength": 1}}},
}
DIALECT = "https://json-schema.org/draft/2020-12/schema"


class DisclosureEnvelope(Node, frozen=True, kw_only=True):
    """The whole disclosure; `reason` says why it was corrected."""

    version: Version
    digest: Digest
    published_at: Moment
    reason: str
    content: Document


class TableEnvelope(Node, frozen=True, kw_only=True):
    """One table; `digest` is that of the whole document it was taken from."""

    version: Version
    digest: Digest
    published_at: Moment
    reason: str
    title: str
    year: int
    department: Body
    table: Table


SCHEMAS = {"disclosure": DisclosureEnvelope, "table": TableEnvelope}


def build_document_json(
    document: Document, *, version: int, digest: str, published_at: datetime, reason: str
) -> bytes:
    """Canonical JSON in UTF-8: keys sorted, no blanks between the tokens.

    `digest` is the SHA-256 of the document in the same form, so a reader can verify it.
    """
    return encode(
        DisclosureEnvelope(
            version=version,
            digest=digest,
            published_at=published_at.isoformat(),
            reason=reason,
            content=document,
        )
    )


def build_table_json(
    document: Document,
    key: str,
    *,
    version: int,
    digest: str,
    published_at: datetime,
    reason: str,
) -> bytes:
    """One table in the same envelope."""
    return encode(
        TableEnvelope(
            version=version,
            digest=digest,
            published_at=published_at.isoformat(),
            reason=reason,
            title=document.title,
            year=document.year,
            department=document.department,
            table=document.tables_by_key[key],
        )
    )


def make_schema(name: str) -> dict[str, Any]:
    """The JSON Schema of an envelope, `disclosure` or `table`; KeyError for any other."""
    shape = SCHEMAS[name]
    made = schema(shape)
    made["$defs"][shape.__name__] |= CORRECTIONS_HAVE_REASONS
    return {"$schema": DIALECT, "$id": f"{name}.schema.json"} | made
