"""Addresses that are none: what no database can look for is not found, whichever database it is."""

from django.http import Http404


def refuse_null(get_response):
    """Middleware: Http404 for an address with a null character, which PostgreSQL cannot hold."""

    def answer(request):
        if "\0" in request.path_info:
            raise Http404("地址里有不能用的字符。")
        return get_response(request)

    return answer
