"""Customs offices form one tree an administration."""

from tidewaiter.domain.vocabulary import Administration
from tidewaiter.refdata import closed_lists, offices, places
from tidewaiter.refdata.languages import LANGUAGES


def test_each_office_stands_once_after_the_one_above_it() -> None:
    seen: dict[str, offices.Office] = {}
    for office in offices.offices():
        assert office.code not in seen
        assert office.parent is None or seen[office.parent].administration == office.administration
        seen[office.code] = office


def test_each_administration_has_one_top() -> None:
    tops = [office.code for office in offices.offices() if office.parent is None]
    assert tops == [administration.value for administration in Administration]


def test_the_seven_customs_districts_of_guangdong() -> None:
    districts = [office for office in offices.offices() if office.parent == "CN-GD"]
    codes = {office.names["zh-Hans"]: office.national_code for office in districts}
    assert codes == {
        "广州海关": "5100",
        "黄埔海关": "5200",
        "深圳海关": "5300",
        "拱北海关": "5700",
        "汕头海关": "6000",
        "湛江海关": "6700",
        "江门海关": "6800",
    }


def test_places_types_and_names_are_known() -> None:
    types = set(closed_lists.codes("location_type"))
    national = [office.national_code for office in offices.offices() if office.national_code]
    assert len(national) == len(set(national))
    for office in offices.offices():
        assert set(office.names) == set(LANGUAGES)
        assert all(office.names.values())
        assert office.location_type is None or office.location_type in types
        assert office.place is None or places.find(office.place) is not None


def test_each_side_of_a_crossing_is_there() -> None:
    bridges = {office.administration for office in offices.offices() if office.location_type == "bridge_port"}
    assert bridges == set(Administration)


def test_find_and_below() -> None:
    found = offices.find("CN-GD-GONGBEI-HZMB")
    assert found is not None
    assert found.names["pt"] == "Alfândega da Ponte Hong Kong-Zhuhai-Macau"
    assert offices.find("CN-GD-NOWHERE") is None
    assert "CN-GD-GONGBEI-HZMB" in offices.below("CN-GD-GONGBEI") < offices.below("CN-GD")
    assert offices.below("CN-GD-GONGBEI-HZMB") == {"CN-GD-GONGBEI-HZMB"}
    assert offices.below("CN-GD-NOWHERE") == frozenset()
