"""Two nodes over HTTP: what is saved here is stored there and answered back, through every kind of failure."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.node.partners.conftest import Site

pytestmark = pytest.mark.slow
Eventually = Callable[..., Any]


def _up(site: Site, eventually: Eventually) -> None:
    site.start("pages")
    eventually(lambda: site.node.get("/health/live")[0] == 200, f"the pages of {site.code}")


def test_a_tip_saved_here_is_stored_there_and_each_step_comes_back(
    sites: tuple[Site, Site], eventually: Eventually
) -> None:
    gd, hk = sites
    for site in sites:
        _up(site, eventually)
        site.start("exchange")
    pk = gd.call("send_tip", "HK", "Lorry with watches", "HK-HZMB")
    there = eventually(lambda: hk.call("tip", pk), "the tip in Hong Kong")
    assert (there["state"], there["office"], there["title"]) == ("delivered", "HK-HZMB", "Lorry with watches")
    assert there["number"] == gd.call("tip", pk)["number"]
    assert there["number"].startswith("GD-HK-")
    assert there["queue"] != "None"
    eventually(lambda: gd.call("tip", pk)["state"] == "delivered", "the receipt in Guangdong")
    hk.call("acknowledge", pk)
    eventually(lambda: gd.call("tip", pk)["state"] == "acknowledged", "the acknowledgement")
    hk.call("answer", pk)
    eventually(lambda: gd.call("tip", pk)["state"] == "answered", "the answer")
    assert gd.call("tip", pk)["result"]["outcome"] == "find"
    assert gd.call("tip", pk)["events"] == ["drafted", "sent", "delivered", "acknowledged", "acted_on", "answered"]
    eventually(lambda: hk.call("undelivered") == gd.call("undelivered") == 0, "nothing undelivered")


def test_a_recall_reaches_the_receiver_and_is_acknowledged(sites: tuple[Site, Site], eventually: Eventually) -> None:
    gd, hk = sites
    for site in sites:
        _up(site, eventually)
        site.start("exchange")
    pk = gd.call("send_tip", "HK", "Wrong lorry", "HK-HZMB")
    eventually(lambda: gd.call("tip", pk)["state"] == "delivered", "the delivery")
    gd.call("recall", pk)
    eventually(lambda: hk.call("tip", pk)["state"] == "recalled", "the recall in Hong Kong")
    eventually(lambda: "recall_followed" in gd.call("tip", pk)["events"], "the receipt of the recall")
    eventually(lambda: gd.call("undelivered") == 0, "nothing undelivered")


def test_what_waits_for_a_neighbour_that_is_down_goes_when_it_is_up(
    sites: tuple[Site, Site], eventually: Eventually
) -> None:
    gd, hk = sites
    gd.start("exchange")
    pk = gd.call("send_tip", "HK", "While you were away", "HK-LOK-MA-CHAU")
    eventually(lambda: gd.call("lane", "HK")["failures"] > 0, "a failed attempt")
    assert gd.call("tip", pk)["state"] == "sent"
    assert gd.call("lane", "HK")["error"] == "ConnectionRefusedError"
    _up(hk, eventually)
    gd.call("hurry")
    eventually(lambda: gd.call("tip", pk)["state"] == "delivered", "the delivery")
    assert gd.call("lane", "HK") == {"failures": 0, "error": "", "state": "active"}


@pytest.mark.parametrize("victims", [("exchange",), ("pages",), ("exchange", "pages")])
def test_killed_in_the_middle_nothing_is_lost_and_nothing_is_doubled(
    sites: tuple[Site, Site], eventually: Eventually, victims: tuple[str, ...]
) -> None:
    gd, hk = sites
    _up(hk, eventually)
    gd.start("exchange")
    before = hk.call("counts")
    sent: list[str] = []
    for _ in range(4):
        sent += gd.call("send_tips", "HK", 12, "HK-HZMB")
        reached = hk.call("counts")["batches"]
        eventually(lambda reached=reached: hk.call("counts")["batches"] > reached, "a batch on its way")
        if "exchange" in victims:
            gd.kill("exchange")
        if "pages" in victims:
            hk.kill("pages")
            _up(hk, eventually)
        gd.call("hurry")
        if "exchange" in victims:
            gd.start("exchange")
    eventually(lambda: gd.call("hurry") or gd.call("undelivered") == 0, "everything delivered")
    after = hk.call("counts")
    states = gd.call("states")
    assert {states[pk] for pk in sent} == {"delivered"}
    assert after["tips"] - before["tips"] == len(sent) == 48
    assert after["inbox"] - before["inbox"] == 48
    there = hk.call("states")
    assert {there[pk] for pk in sent} == {"delivered"}


@pytest.mark.parametrize("point", ["before_post", "after_post", "after_answer"])
def test_killed_at_a_chosen_point_of_sending(sites: tuple[Site, Site], eventually: Eventually, point: str) -> None:
    gd, hk = sites
    _up(hk, eventually)
    before = hk.call("counts")["tips"]
    pk = gd.call("send_tip", "HK", f"Killed {point}", "HK-HZMB")
    assert gd.call("die_while_sending", point) == -9
    assert gd.call("undelivered") == (0 if point == "after_answer" else 1)
    gd.start("exchange")
    eventually(lambda: gd.call("tip", pk)["state"] == "delivered", "the delivery")
    assert hk.call("counts")["tips"] == before + 1


@pytest.mark.parametrize("point", ["bytes_kept", "applied"])
def test_killed_at_a_chosen_point_of_receiving(sites: tuple[Site, Site], eventually: Eventually, point: str) -> None:
    gd, hk = sites
    before = hk.call("counts")["tips"]
    pk = gd.call("send_tip", "HK", f"Killed {point}", "HK-HZMB")
    assert hk.call("die_while_receiving", gd.call("envelope_of", pk), point) == -9
    assert hk.call("counts")["tips"] == before + (1 if point == "applied" else 0)
    _up(hk, eventually)
    gd.start("exchange")
    eventually(lambda: gd.call("tip", pk)["state"] == "delivered", "the delivery")
    assert hk.call("counts")["tips"] == before + 1
