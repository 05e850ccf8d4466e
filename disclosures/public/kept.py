"""Where the files about the whole county are kept, and how they are answered from there."""

import gzip
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from hashlib import sha256
from tempfile import TemporaryFile
from typing import BinaryIO

from django.db import transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import content_disposition_header

from disclosures.models import CountyFile, CountyFilePart
from disclosures.public.responses import ALONE, LARGEST, reply

# Bytes of a part.
PART = 1 << 20
# What is not yet compressed in itself.
PACKED = ("text/", "application/json")


def keep_file(
    address: str, name: str, media_type: str, file: BinaryIO, *, changed: datetime
) -> None:
    """Let an open file be the one at an address, unless it already is."""
    digest = sha256()
    for data in read_pieces(file):
        digest.update(data)
    tag = digest.hexdigest()
    newest = find_file(address)
    if newest and newest.tag == tag:
        return
    is_packed = media_type.startswith(PACKED)
    with TemporaryFile() as scratch, transaction.atomic():
        if is_packed:
            with gzip.GzipFile(fileobj=scratch, mode="wb", mtime=0) as packed:
                for data in read_pieces(file):
                    packed.write(data)
            file = scratch
        size = file.seek(0, 2)
        made = CountyFile.objects.create(
            address=address,
            name=name,
            media_type=media_type,
            tag=tag,
            changed=changed,
            size=size,
            is_packed=is_packed,
            made_at=timezone.now(),
        )
        for place, data in enumerate(read_pieces(file)):
            CountyFilePart.objects.create(file=made, place=place, data=data)


def read_pieces(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    return iter(partial(file.read, PART), b"")


def find_file(address: str) -> CountyFile | None:
    return CountyFile.objects.filter(address=address).order_by("-pk").first()


def find_kept(request: HttpRequest) -> CountyFile | None:
    """The file kept for an address; a page that stands alone is asked for as things are now."""
    return None if ALONE in request.META else find_file(request.path)


def send_kept(request: HttpRequest, kept: CountyFile) -> HttpResponseBase:
    """A kept file, compressed as it is kept where the reader can unpack it."""
    is_read = kept.is_packed and "gzip" in request.headers.get("Accept-Encoding", "")

    def send() -> HttpResponseBase:
        headers = {"Content-Disposition": content_disposition_header(True, kept.name)}
        if kept.size > LARGEST and not kept.is_packed:
            headers["Content-Length"] = str(kept.size)
            return StreamingHttpResponse(
                read_parts(kept), content_type=kept.media_type, headers=headers
            )
        data = b"".join(read_parts(kept))
        if is_read:
            headers |= {"Content-Encoding": "gzip", "ETag": f'W/"{kept.tag}"'}
        elif kept.is_packed:
            data = gzip.decompress(data)
        return HttpResponse(data, content_type=kept.media_type, headers=headers)

    response = reply(request, kept.tag, kept.changed, send)
    if kept.is_packed:
        patch_vary_headers(response, ["Accept-Encoding"])
    return response


def read_parts(kept: CountyFile) -> Iterator[bytes]:
    """One at a time."""
    for place in range(-(-kept.size // PART)):
        yield bytes(CountyFilePart.objects.get(file=kept, place=place).data)
