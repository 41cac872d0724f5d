"""The form tags: label, hint, error and field belong together; what was typed stays."""

import re

from django import forms
from django.template import Context, Template

from tidewaiter.node.ui.gallery import SampleForm


def render(source: str, **context: object) -> str:
    return Template("{% load tw %}" + source).render(Context(context))


def bound(**data: object) -> SampleForm:
    form = SampleForm(data)
    form.is_valid()
    return form


def test_a_field_names_its_hint_and_its_error() -> None:
    html = render("{% field form.seal %}", form=bound())
    assert 'for="id_seal"' in html
    described = re.search(r'aria-describedby="([^"]+)"', html)
    assert described is not None
    for part in described.group(1).split():
        assert f'id="{part}"' in html
    assert 'aria-invalid="true"' in html


def test_what_was_typed_stays_and_is_escaped() -> None:
    html = render(
        "{% stepper form.quantity 10 %}{% field form.note %}", form=bound(quantity="<many>", note="</textarea><b>")
    )
    assert 'value="&lt;many&gt;"' in html
    assert "<b>" not in html


def test_every_line_of_the_summary_leads_to_an_element() -> None:
    source = (
        "{% errors form %}{% field form.seal %}{% field form.found %}{% field form.unit %}"
        "{% choice form.control %}{% stepper form.quantity %}{% field form.sure %}"
    )
    html = render(source, form=bound())
    targets = re.findall(r'href="#([^"]+)"', html)
    assert len(targets) == 6
    assert all(f'id="{target}"' in html for target in targets)


def test_nothing_wrong_nothing_said() -> None:
    assert not render("{% errors form %}", form=SampleForm()).strip()
    assert not render("{% errors form %}", form=None).strip()


def test_errors_of_the_whole_form_stand_first() -> None:
    form = bound()
    form.add_error(None, forms.ValidationError("The two dates contradict each other"))
    assert render("{% errors form %}", form=form).index("contradict") < render("{% errors form %}", form=form).index(
        "#id_seal"
    )


def test_what_need_not_be_filled_says_so() -> None:
    assert "(optional)" in render("{% field form.note %}", form=SampleForm())
    assert "(optional)" not in render("{% field form.seal %}", form=SampleForm())


def test_a_file_must_be_chosen_again() -> None:
    assert "choose the file again" in render("{% field form.photo %}", form=bound())


def test_choices_keep_what_was_chosen() -> None:
    html = render(
        "{% chips form.unit %}{% choice form.control notes %}",
        form=bound(unit="SET", control="full"),
        notes={"full": "unloaded"},
    )
    assert re.search(r'value="SET" checked', html) and re.search(r'value="full" checked', html)
    assert "<span>unloaded</span>" in html
