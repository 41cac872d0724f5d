"""Pages for what went wrong: what happened, what was kept, what to do."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string

_PLAIN = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Tidewaiter</title>
</head><body>
<main>
<h1>This page could not be shown.</h1>
<p>What was saved before is kept; what you sent with this page may not be. Go back, and try once more.
Tell your administrator the number below if it happens again.</p>
<p lang="zh-Hant">無法顯示此頁。先前已儲存的資料仍然保留，但剛才送出的資料可能未獲儲存。
請返回上一頁再試。如再發生，請把以下編號告知管理員。</p>
<p lang="zh-Hans">无法显示此页。先前已保存的资料仍然保留，但刚才提交的资料可能未保存。
请返回上一页再试。如再次发生，请把以下编号告知管理员。</p>
<p lang="pt">Não foi possível mostrar esta página. O que já tinha sido guardado mantém-se; o que enviou agora pode
não ter ficado guardado. Volte atrás e tente de novo. Se voltar a acontecer, indique ao administrador o número
abaixo.</p>
<p><code>%s</code></p>
</main>
</body></html>
"""


def last_resort(request_id: str) -> HttpResponse:
    """Give a page in four languages that needs no template, no database and no session."""
    return HttpResponse(_PLAIN % request_id, status=HTTPStatus.INTERNAL_SERVER_ERROR)


def _page(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    from tidewaiter.node.middleware import request_id

    context = {"status": int(status), "request_id": request_id()}
    try:
        text = render_to_string(f"ui/{int(status)}.html", context, request)
    except TemplateDoesNotExist:
        return HttpResponse(_PLAIN % request_id(), status=status)
    return HttpResponse(text, status=status)


def wrongly_asked(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400: the request cannot be understood."""
    return _page(request, HTTPStatus.BAD_REQUEST)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403: the person may not do this."""
    return _page(request, HTTPStatus.FORBIDDEN)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403: the form was not made for this session; signing in again mends it."""
    return _page(request, HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404: nothing is here, or nothing that this person may see."""
    return _page(request, HTTPStatus.NOT_FOUND)


def failed(request: HttpRequest) -> HttpResponse:
    """Answer 500: the fault is ours."""
    return _page(request, HTTPStatus.INTERNAL_SERVER_ERROR)
