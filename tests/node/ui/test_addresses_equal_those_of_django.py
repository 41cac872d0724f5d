"""Addresses put together quickly are those that Django gives."""

from uuid import UUID, uuid4

import pytest
from django.urls import NoReverseMatch, reverse

from tidewaiter.node.ui.addresses import address


@pytest.mark.parametrize("times", [1, 2])
def test_ids_and_texts(times: int) -> None:
    for _ in range(times):
        line, run = uuid4(), uuid4()
        assert address("targeting:queue") == reverse("targeting:queue")
        assert address("targeting:take", line) == reverse("targeting:take", args=[line])
        for text in ("GD-2025.000_1~x", "a b", "裝/1", "..", "50%", "?q#"):
            assert address("targeting:consignment", run, text) == reverse("targeting:consignment", args=[run, text])


def test_an_address_under_another_prefix() -> None:
    from django.urls import get_script_prefix, set_script_prefix

    line, before = UUID(int=7), get_script_prefix()
    plain = address("targeting:take", line)
    set_script_prefix("/node/")
    try:
        assert address("targeting:take", line) == "/node" + plain
    finally:
        set_script_prefix(before)


def test_an_unknown_page_is_an_error() -> None:
    with pytest.raises(NoReverseMatch):
        address("targeting:nothing", uuid4())
    with pytest.raises(NoReverseMatch):
        address("targeting:take", "no-uuid")
