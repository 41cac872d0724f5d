"""Identifiers composed in bulk satisfy independent validators."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iso6346
from stdnum.cn import ric, uscc

from tidewaiter.simulation import check_digits
from tidewaiter.simulation.columns import fixed

SERIALS = st.lists(st.integers(0, 999_999), min_size=1, max_size=40)


@given(SERIALS)
def test_containers(serials: list[int]) -> None:
    owners = np.resize(np.frombuffer(b"TWSUQHLUZYOU", np.uint8), len(serials) * 4).reshape(-1, 4)
    assert all(map(iso6346.is_valid, fixed(check_digits.container(owners, np.array(serials))).to_pylist()))


@given(st.lists(st.integers(0, 99_999_999), min_size=1, max_size=40))
def test_social_credit_codes(organisations: list[int]) -> None:
    division = np.full(len(organisations), 440103)
    codes = fixed(check_digits.social_credit_code(division, np.array(organisations))).to_pylist()
    assert all(map(uscc.is_valid, codes))


@given(st.lists(st.integers(0, 999), min_size=1, max_size=40))
def test_resident_numbers(orders: list[int]) -> None:
    size = len(orders)
    numbers = fixed(
        check_digits.resident_number(np.full(size, 440103), np.full(size, 19800307), np.array(orders))
    ).to_pylist()
    assert all(ric.calc_check_digit(number) == number[-1] for number in numbers)


def test_published_examples() -> None:
    # UPU S10 prints RR 473124829 as its example; A123456(3) is the specimen of the Hong Kong card.
    service, country = (np.frombuffer(text, np.uint8).reshape(1, 2) for text in (b"RR", b"HK"))
    assert fixed(check_digits.postal_item(service, np.array([47312482]), country)).to_pylist() == ["RR473124829HK"]
    card = check_digits.hong_kong_card(np.array([ord("A")], np.uint8), np.array([123456]))
    assert fixed(card).to_pylist() == ["A123456(3)"]
    assert fixed(check_digits.air_waybill(np.array([901]), np.array([1234567]))).to_pylist() == ["901-12345675"]
