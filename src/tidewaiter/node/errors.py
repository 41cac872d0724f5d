"""The page of last resort, for when even the page that says what went wrong cannot be made."""

from http import HTTPStatus

from django.http import HttpResponse

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
