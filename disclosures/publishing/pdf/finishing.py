"""What archives and screen readers ask for and WeasyPrint leaves out, as its finisher."""

import zlib
from collections.abc import Iterator
from pathlib import Path

import pydyf
import weasyprint

# PDF/UA-1 names itself in the metadata, and PDF/A wants a schema for every name it does not know.
ACCESSIBLE = Path(__file__).with_name("accessible.xmp").read_bytes()


def finish_pdf(_: weasyprint.Document, pdf: pydyf.PDF) -> None:
    """Declare PDF/UA-1 beside PDF/A-3a, name attachments, say of table headers what they head."""
    metadata = _find(pdf, pdf.catalog["Metadata"])
    metadata.stream = [
        part.replace(b"</rdf:RDF>", ACCESSIBLE + b"</rdf:RDF>") for part in metadata.stream
    ]
    if "AF" in pdf.catalog:
        # WeasyPrint lists every attachment twice.
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))
    for each in pdf.objects:
        if isinstance(each, pydyf.Stream) and each.compress:
            _deflate(each)
        elif isinstance(each, dict) and each.get("Type") == "/Filespec":
            # WeasyPrint writes the name that readers list as bytes they cannot read.
            each["F"].string = each["UF"].string
        elif isinstance(each, dict) and each.get("S") == "/TR":
            _scope_headers(pdf, each)


def _deflate(stream: pydyf.Stream) -> None:
    # Left to pydyf, every stream is deflated twice: once to write and once to number the file.
    plain = b"\n".join(
        part.encode() if isinstance(part, str) else getattr(part, "data", part)
        for part in stream.stream
    )
    stream.stream = [zlib.compress(plain)]
    stream.extra["Filter"] = "/FlateDecode"
    stream.compress = False


def _scope_headers(pdf: pydyf.PDF, row: pydyf.Dictionary) -> None:
    # WeasyPrint lists wrong headers for a cell where cells before it span rows, and a scope for
    # none; a scope alone says the same, rightly.
    cells = list(_list_cells(pdf, row))
    scope = "/Row" if any(cell["S"] == "/TD" for cell in cells) else "/Column"
    if _find(pdf, row["P"])["S"] == "/THead":
        scope = "/Column"
    for cell in cells:
        cell["A"].pop("Headers", None)
        if cell["S"] == "/TH":
            cell["A"]["Scope"] = scope


def _list_cells(pdf: pydyf.PDF, row: pydyf.Dictionary) -> Iterator[pydyf.Dictionary]:
    for reference in row["K"]:
        cell = _find(pdf, reference)
        if cell.get("S") in ("/TH", "/TD"):
            yield cell


def _find(pdf: pydyf.PDF, reference: bytes) -> pydyf.Object:
    return pdf.objects[int(reference.split()[0])]
