"""Search without a server: the page, and an index made beforehand in small files by year.

A text is told once a year, with all the places where it stands. For each pair of neighbouring
signs the numbers of the texts that hold it are kept, so that a question needs a few files only.
Each file is a script that hands its value over: unlike data, a browser takes it from a disk too.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from django.template.loader import render_to_string

from disclosures.document.composition import fragment
from disclosures.index.wording import fold
from disclosures.models import Disclosure, IndexText, TextKind
from disclosures.window.directory import is_made_up, list_years

PAGE, HEAD = "/search/", "index"
# Texts in a file, and about how many numbers of texts are in a file of pairs.
BLOCK, FULL = 50, 8_000

Text = tuple[str, str, str]
Places = dict[str, list[int]]


def draw_search() -> bytes:
    """The page: the form, which a script answers, and what to do where there is none."""
    known = {"years": list_years(), "is_demo": is_made_up()}
    return render_to_string("disclosures/site/search.html", known).encode()


def list_index() -> Iterator[tuple[str, bytes]]:
    """Every file of the index: its path in the export and its bytes."""
    years = {}
    for year in list_years():
        documents = list_documents(year)
        texts = gather_texts(year, documents)
        pairs = list_pairs(texts)
        shards = count_shards(pairs)
        years[year] = {
            "documents": [[code, title] for code, title in documents.items()],
            "starts": find_starts(texts),
            "shards": shards,
        }
        yield from write_texts(year, texts)
        yield from write_pairs(year, pairs, shards)
    kinds = {kind.value: kind.label for kind in TextKind}
    yield write_file(HEAD, {"years": years, "kinds": kinds, "block": BLOCK})


def list_documents(year: int) -> dict[str, str]:
    """The titles of a year's documents in force by the codes of their departments."""
    found = Disclosure.objects.current().filter(year=year).order_by("department")
    return {
        code: title.removesuffix("部门预算公开")
        for code, title in found.values_list("department__code", "title")
    }


def gather_texts(year: int, documents: Iterable[str]) -> dict[Text, Places]:
    """A year's texts, kind by kind, with the places and the documents' numbers of each."""
    numbers = {code: number for number, code in enumerate(documents)}
    order = {kind: place for place, kind in enumerate(TextKind.values)}
    rows = IndexText.objects.filter(year=year).order_by("department", "id")
    texts: dict[Text, Places] = defaultdict(lambda: defaultdict(list))
    fields = ("kind", "title", "text", "at", "department__code")
    for kind, title, text, at, code in rows.values_list(*fields).iterator():
        texts[kind, title, text][fragment(at) if at else ""].append(numbers[code])
    return dict(sorted(texts.items(), key=lambda each: order[each[0][0]]))


def find_starts(texts: Iterable[Text]) -> dict[str, int]:
    """The number of the first text of each kind that there is."""
    starts: dict[str, int] = {}
    for number, (kind, _, _) in enumerate(texts):
        starts.setdefault(kind, number)
    return starts


def list_pairs(texts: Iterable[Text]) -> dict[str, list[int]]:
    """The numbers of the texts that hold a pair of signs, as they are compared, by the pair."""
    pairs: dict[str, list[int]] = defaultdict(list)
    for number, (_, title, text) in enumerate(texts):
        words = fold(f"{title}\n{text}").split()
        for pair in {first + second for word in words for first, second in pairwise(word)}:
            pairs[pair].append(number)
    return pairs


def count_shards(pairs: Mapping[str, Sequence[int]]) -> int:
    """Into how many files the pairs go: a power of two, so that a small change leaves it."""
    return 1 << max(0, sum(map(len, pairs.values())) // FULL).bit_length()


def write_texts(year: int, texts: Mapping[Text, Places]) -> Iterator[tuple[str, bytes]]:
    """Files of texts: title, text, and its documents by place."""
    rows = [(title, text, places) for (_, title, text), places in texts.items()]
    for number, start in enumerate(range(0, len(rows), BLOCK)):
        yield write_file(f"{year}/texts-{number}", rows[start : start + BLOCK])


def write_pairs(
    year: int, pairs: Mapping[str, Sequence[int]], shards: int
) -> Iterator[tuple[str, bytes]]:
    """Files of pairs: the texts of each, every number told by how far it is from the one before."""
    files: list[dict[str, list[int]]] = [{} for _ in range(shards)]
    for pair in sorted(pairs):
        numbers = [0, *pairs[pair]]
        place = (ord(pair[0]) * 31 + ord(pair[1])) % shards
        files[place][pair] = [after - before for before, after in pairwise(numbers)]
    for number, file in enumerate(files):
        yield write_file(f"{year}/pairs-{number}", file)


def write_file(name: str, value: Any) -> tuple[str, bytes]:
    """A script that hands a value over under its name."""
    told = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f"{PAGE[1:]}{name}.js", f'shelve("{name}",{told});\n'.encode()
