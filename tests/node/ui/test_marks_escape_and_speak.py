"""Small tags: nothing from outside becomes markup, names carry their script, an unknown icon is an error."""

from datetime import timedelta

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from tidewaiter.node.ui.languages import script_of
from tidewaiter.node.ui.tags.clocks import draw_staff

ATTACK = '"><script>alert(1)</script>'


def render(source: str, **context: object) -> str:
    return Template("{% load tw %}" + source).render(Context(context))


@pytest.mark.parametrize(
    "source",
    [
        "{% party x %}",
        "{% party 'HK' x %}",
        "{% status 'bad' x %}",
        "{% status x 'word' icon='lock' %}",
        "{% handling x x %}",
        "{% name x %}",
        "{% ref x x %}",
        "{% fig x x x %}",
        "{% nosum x %}",
        "{% note 'warn' %}{{ x }}{% endnote %}",
        "{% sheet x note=x id=x %}{{ x }}{% endsheet %}",
        "{% reason x x source=x %}{{ x }}{% endreason %}",
        "{% empty x %}{{ x }}{% endempty %}",
        "{% tile x x %}{{ x }}{% endtile %}",
        "{% toast x %}{{ x }}{% endtoast %}",
        "{% evidence x x x %}{{ x }}{% endevidence %}",
        "{% ladder rungs x %}",
        "{% deadline now later x x x x %}",
        "{% summary pairs %}",
    ],
)
def test_nothing_from_outside_becomes_markup(source: str) -> None:
    now = timezone.now()
    html = render(
        source, x=ATTACK, rungs=[("done", ATTACK, ATTACK)], now=now, later=now + timedelta(1), pairs=[(ATTACK, ATTACK)]
    )
    assert "<script>" not in html
    assert '"><' not in html.replace('"><svg', "").replace('"><use', "").replace('"><i', "").replace(
        '"><b', ""
    ).replace('"><h', "").replace('"><s', "").replace('"><f', "").replace('"><c', "").replace('"><d', "").replace(
        '"><l', ""
    ).replace('"><a', "").replace('"><p', "").replace('"><r', "")


def test_an_unknown_icon_is_an_error() -> None:
    with pytest.raises(LookupError, match="no icon 'anchor'"):
        render("{% icon 'anchor' %}")


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("粤Z·K417港", "zh-Hans"),
        ("東莞市悅菁服飾", "zh-Hant"),
        ("东莞市悦菁服饰", "zh-Hans"),
        ("Waalkade", ""),
        ("大山", "zh-Hant"),
    ],
)
def test_the_script_of_a_name(text: str, script: str) -> None:
    assert script_of(text) == script


def test_the_sender_decides_where_both_scripts_look_alike() -> None:
    assert script_of("大山", "zh-Hans") == "zh-Hans"
    assert script_of("Waalkade", "zh-Hans") == ""


def test_a_name_in_the_script_of_the_page_needs_no_mark() -> None:
    with translation.override("zh-hant-mo"):
        assert render("{% name '東莞市' %}") == "東莞市"
        assert render("{% name '东莞市' %}") == '<span lang="zh-Hans">东莞市</span>'


def test_a_clock_that_is_over_says_so_whatever_the_app_thinks() -> None:
    now = timezone.now()
    html = render("{% deadline a b 'the period ends' 'Article 20' %}", a=now - timedelta(9), b=now - timedelta(1))
    assert 'data-level="over"' in html and "over" in html


@pytest.mark.parametrize("share", [-3.0, 0.0, 0.5, 1.0, 7.0])
def test_the_staff_stays_on_its_paper(share: float) -> None:
    drawn = str(draw_staff(share, 400))
    width = float(drawn.split('x="1" y="7" width="')[1].split('"', maxsplit=1)[0])
    assert 0 < width <= 48
