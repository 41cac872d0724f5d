"""One way through every form: enter, check before it is sent, saved; bad input comes back with what was typed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise

from tidewaiter.domain.state_machine import WrongState
from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.requests import refuse
from tidewaiter.node.casework import words

Text = Promise | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A form page: what it is called, where it belongs, and what saves it.

    ``save`` gets the cleaned values and calls one service. ``back`` is where one goes without saving and, unless
    ``after`` says otherwise, after it. ``check`` shows everything once more before it is sent.
    """

    heading: Text
    form: forms.Form
    save: Callable[[dict[str, Any]], Any]
    back: str
    belongs: Text
    done: Text
    button: Text
    check: bool = False
    after: Callable[[Any], str] | None = None
    note: Text = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    danger: bool = False


def answer(request: HttpRequest, task: Task) -> HttpResponse:
    """Answer a request for a form page."""
    form = task.form
    if request.method == "POST" and "change" not in request.POST and form.is_valid():
        if task.check and "confirmed" not in request.POST:
            return render(request, "casework/check.html", {"task": task, "rows": rows_of(form)})
        try:
            made = task.save(form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
        except WrongState as wrong:
            form.add_error(
                "reason" if wrong.code == "reason_missing" and "reason" in form.fields else None, words.why_not(wrong)
            )
        else:
            messages.success(request, str(task.done))
            return redirect(task.after(made) if task.after else task.back)
    wrong_input = request.method == "POST" and "change" not in request.POST and bool(form.errors)
    return render(request, "casework/form.html", {"task": task, "form": form}, status=422 if wrong_input else 200)


def rows_of(form: forms.Form) -> list[tuple[str, str, str]]:
    """The answers of a valid form as people read them: question, answer, where it is changed (nowhere: a button)."""
    found = []
    for bound in form:
        value = form.cleaned_data.get(bound.name)
        if bound.is_hidden or value in (None, "", [], False):
            continue
        found.append((str(bound.label), _shown(bound, value), ""))
    return found


def _shown(bound: forms.BoundField, value: Any) -> str:
    if value is True:
        return "✓"
    choices = dict(_flat(getattr(bound.field, "choices", ()))) if not hasattr(bound.field, "queryset") else {}
    if isinstance(value, list):
        if value and isinstance(value[0], dict):
            return str(bound.data)
        return ", ".join(str(choices.get(str(one), one)) for one in value)
    if hasattr(bound.field, "label_from_instance"):
        return str(bound.field.label_from_instance(value))
    return str(choices.get(str(value), bound.data if isinstance(bound.data, str) else value))


def _flat(choices: Any) -> list[tuple[str, str]]:
    return [(str(value), str(label)) for value, label in choices]
