"""The interface as a whole: its description, its addresses, and how it refuses."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, re_path
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.renderers import JSONRenderer

from disclosures.public.api.resources import router

DESCRIPTION = (
    "县级部门预算公开的只读接口。内容与网页、PDF 和表格取自同一份固定下来的内容。"
    "不需要密钥，不设 Cookie，任何网站都可以调用；每个回答都有 messages，说明尾差、口径和更正。"
    "v1 里已有的字段不会改变含义或消失，只会增加。"
)
# What is wrong with a value, by the validator's name for it.
FAULTS = {
    "missing": "没有给出",
    "extra_forbidden": "不认识，请核对拼写",
    "int_parsing": "应当是整数",
    "string_pattern_mismatch": "写法不对，请对照 openapi.json",
    "greater_than_equal": "太小",
    "less_than_equal": "太大",
}


# Chinese as it is, which a third of the bytes suffice for.
renderer = JSONRenderer()
renderer.json_dumps_params = {"ensure_ascii": False}

api = NinjaAPI(
    title="部门预算公开数据接口",
    version="1.0.0",
    description=DESCRIPTION,
    renderer=renderer,
    docs_url=None,
    urls_namespace="api",
)
api.add_router("", router)


def answer_refusal(request: HttpRequest, status: int, sentences: list[str]) -> HttpResponse:
    return api.create_response(request, {"status": status, "messages": sentences}, status=status)


@api.exception_handler(Http404)
def answer_missing(request: HttpRequest, missing: Http404) -> HttpResponse:
    return answer_refusal(request, 404, [str(missing)])


@api.exception_handler(ValidationError)
def answer_invalid(request: HttpRequest, mistaken: ValidationError) -> HttpResponse:
    return answer_refusal(request, 422, [name_fault(fault) for fault in mistaken.errors])


def name_fault(fault: dict[str, Any]) -> str:
    context = fault.get("ctx") or {}
    limit = context.get("ge", context.get("le"))
    bound = f"，界限是 {limit}" if limit is not None else ""
    told = FAULTS.get(fault["type"], "写法不对，请对照 openapi.json")
    return f"参数“{fault['loc'][-1]}”{told}{bound}。"


UNKNOWN = "接口没有这个地址，全部地址见 /api/v1/openapi.json。"
urlpatterns = [
    path("v1/", api.urls),
    re_path(r"^", lambda request: answer_refusal(request, 404, [UNKNOWN])),
]
