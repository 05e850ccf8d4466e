"""Search without a server: an index made beforehand, in small files by year.

A text is told once a year, with all the places where it stands. For each pair of neighbouring
signs the numbers of the texts that hold it are kept, so that a question needs a few files only.
Each file is a script that hands its value over: unlike data, a browser takes it from a disk too.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from budgets.domain.document import fragment
from disclosures.models import Disclosure, IndexText, TextKind
from disclosures.public.years import list_published_years
from disclosures.publishing.index.matching import fold

# Texts in a file, and about how many numbers of texts are in a file of pairs.
BLOCK, FULL = 50, 8_000

IndexedText = tuple[str, str, str]
Places = dict[str, list[int]]


def list_index_files() -> Iterator[tuple[str, bytes]]:
    """Every file of the index: its address and its bytes."""
    years = {}
    for year in list_published_years():
        found = Disclosure.objects.current().filter(year=year).order_by("department")
        documents = [
            (code, title.removesuffix("部门预算公开"))
            for code, title in found.values_list("department__code", "title")
        ]
        texts = gather_texts(year, [code for code, _ in documents])
        starts: dict[str, int] = {}
        for number, (kind, _, _) in enumerate(texts):
            starts.setdefault(kind, number)
        rows = [(title, text, places) for (_, title, text), places in texts.items()]
        for number, start in enumerate(range(0, len(rows), BLOCK)):
            yield make_script(f"{year}/texts-{number}", rows[start : start + BLOCK])
        shards = share_out(list_pairs(texts))
        for number, shard in enumerate(shards):
            yield make_script(f"{year}/pairs-{number}", shard)
        years[year] = {"documents": documents, "starts": starts, "shards": len(shards)}
    kinds = {kind.value: kind.label for kind in TextKind}
    yield make_script("index", {"years": years, "kinds": kinds, "block": BLOCK})


def gather_texts(year: int, codes: Sequence[str]) -> dict[IndexedText, Places]:
    """A year's texts, kind by kind, with the places and the documents' numbers of each."""
    numbers = {code: number for number, code in enumerate(codes)}
    rows = IndexText.objects.filter(year=year).order_by("department", "id")
    texts: dict[IndexedText, Places] = defaultdict(lambda: defaultdict(list))
    fields = ("kind", "title", "text", "at", "department__code")
    for kind, title, text, at, code in rows.values_list(*fields).iterator():
        texts[kind, title, text][fragment(at) if at else ""].append(numbers[code])
    return dict(sorted(texts.items(), key=lambda each: TextKind.values.index(each[0][0])))


def list_pairs(texts: Iterable[IndexedText]) -> dict[str, list[int]]:
    """The numbers of the texts that hold a pair of signs, as they are compared, by the pair."""
    pairs: dict[str, list[int]] = defaultdict(list)
    for number, (_, title, text) in enumerate(texts):
        words = fold(f"{title}\n{text}").split()
        for pair in {first + second for word in words for first, second in pairwise(word)}:
            pairs[pair].append(number)
    return pairs


def share_out(pairs: Mapping[str, Sequence[int]]) -> list[dict[str, list[int]]]:
    """The pairs in as many files as they fill, every number told by how far it is from the last.

    The number of files is a power of two, so that a small change leaves it.
    """
    count = 1 << (sum(map(len, pairs.values())) // FULL).bit_length()
    shards: list[dict[str, list[int]]] = [{} for _ in range(count)]
    for pair in sorted(pairs):
        steps = [after - before for before, after in pairwise([0, *pairs[pair]])]
        shards[(ord(pair[0]) * 31 + ord(pair[1])) % count][pair] = steps
    return shards


def make_script(name: str, value: Any) -> tuple[str, bytes]:
    """The address and the text of a script that hands a value over under its name."""
    told = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f"/search/{name}.js", f'shelve("{name}",{told});\n'.encode()
