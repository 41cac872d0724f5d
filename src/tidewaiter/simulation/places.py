"""Where it happens: control points with their channels, and the places at the other end.

Control points and places are those of ``refdata``; all volumes are ours. The mix of destinations
follows an assumption for focus lanes (North America 35, Europe 25, Middle East 15, Southeast Asia 10, Latin
America 8, Africa 4, Japan and Korea 3 per cent), thinned for the region itself.
"""

from dataclasses import dataclass

import numpy as np

from tidewaiter.domain.vocabulary import Administration, Regime, TransportMode

GD, HK, MO = Administration.GUANGDONG, Administration.HONG_KONG, Administration.MACAO
ADMINISTRATIONS = (GD, HK, MO)
HOME_COUNTRY = {GD: "CN", HK: "HK", MO: "MO"}


@dataclass(frozen=True)
class Channel:
    """A control point as one kind of traffic sees it. ``kind`` decides documents, parties and sizes."""

    office: str
    administration: Administration
    kind: str
    place: str
    mode: TransportMode
    courier: bool
    weight: float
    outbound: float
    regimes: tuple[tuple[Regime, float], ...]

    @property
    def parcels(self) -> bool:
        """Say whether its consignments are small parcels."""
        return self.kind in ("courier", "post")


def _channels() -> tuple[Channel, ...]:
    air, sea, road, mail, river = (
        TransportMode.AIR,
        TransportMode.SEA,
        TransportMode.ROAD,
        TransportMode.MAIL,
        TransportMode.INLAND_WATER,
    )
    e_commerce = ((Regime.CROSS_BORDER_E_COMMERCE, 0.6), (Regime.EXPORT, 0.4))
    trade = ((Regime.EXPORT, 0.9), (Regime.CROSS_BORDER_E_COMMERCE, 0.1))
    market = ((Regime.MARKET_PROCUREMENT, 1.0),)
    entrepot = ((Regime.RE_EXPORT, 0.45), (Regime.TRANSHIPMENT, 0.35), (Regime.EXPORT, 0.2))
    post, passenger = ((Regime.POSTAL, 1.0),), ((Regime.PASSENGER, 1.0),)
    return (
        Channel("CN-GD-GUANGZHOU-AIRPORT", GD, "courier", "CNCAN", air, True, 12, 0.92, e_commerce),
        Channel("CN-GD-SHENZHEN-AIRPORT", GD, "courier", "CNSZX", air, True, 11, 0.93, e_commerce),
        Channel("CN-GD-HUANGPU-DONGGUAN", GD, "courier", "CNDGG", road, True, 8, 0.97, e_commerce),
        Channel("CN-GD-GUANGZHOU-POST", GD, "post", "CNCAN", mail, False, 8, 0.88, post),
        Channel("CN-GD-SHENZHEN-HUANGGANG", GD, "road", "CNSZX", road, False, 2.5, 0.7, trade),
        Channel("CN-GD-GONGBEI-HZMB", GD, "road", "CNZUH", road, False, 1.5, 0.75, trade),
        Channel("CN-GD-GONGBEI-ZHAKOU", GD, "passenger", "CNZUH", road, False, 0.8, 0.4, passenger),
        Channel("CN-GD-GUANGZHOU-NANSHA", GD, "sea", "CNNSA", sea, False, 1.6, 0.85, trade),
        Channel("CN-GD-SHENZHEN-DAPENG", GD, "sea", "CNYTN", sea, False, 1.4, 0.85, trade),
        Channel("CN-GD-GONGBEI-ZHONGSHAN", GD, "river", "CNZSN", river, False, 0.8, 0.85, trade),
        Channel("CN-GD-JIANGMEN-WAIHAI", GD, "river", "CNJMN", river, False, 0.5, 0.85, trade),
        Channel("CN-GD-GUANGZHOU-AIRPORT", GD, "air", "CNCAN", air, False, 1.6, 0.75, trade),
        Channel("CN-GD-GUANGZHOU-HUADU", GD, "market", "CNCAN", sea, False, 0.9, 1.0, market),
        Channel("HK-AIRPORT-EXPRESS", HK, "courier", "HKHKG", air, True, 21, 0.88, entrepot),
        Channel("HK-POST", HK, "post", "HKHKG", mail, False, 8, 0.75, post),
        Channel("HK-AIRPORT-CARGO", HK, "air", "HKHKG", air, False, 3, 0.65, entrepot),
        Channel("HK-LOK-MA-CHAU", HK, "road", "HKHKG", road, False, 2.5, 0.35, trade),
        Channel("HK-SHENZHEN-BAY", HK, "road", "HKHKG", road, False, 1.8, 0.35, trade),
        Channel("HK-HZMB", HK, "road", "HKHKG", road, False, 0.9, 0.4, trade),
        Channel("HK-KWAI-CHUNG", HK, "sea", "HKHKG", sea, False, 1.8, 0.6, entrepot),
        Channel("HK-RIVER-TRADE", HK, "river", "HKHKG", river, False, 1.1, 0.6, entrepot),
        Channel("HK-AIRPORT-PASSENGER", HK, "passenger", "HKHKG", air, False, 0.8, 0.5, passenger),
        Channel("MO-AIRPORT-CARGO", MO, "courier", "MOMFM", air, True, 2.6, 0.5, trade),
        Channel("MO-POST", MO, "post", "MOMFM", mail, False, 1.8, 0.4, post),
        Channel("MO-HZMB", MO, "road", "MOMFM", road, False, 1.2, 0.3, trade),
        Channel("MO-KA-HO", MO, "sea", "MOMFM", sea, False, 0.4, 0.3, trade),
        Channel("MO-PORTAS-DO-CERCO", MO, "passenger", "MOMFM", road, False, 0.9, 0.4, passenger),
    )


CHANNELS = _channels()
PARCEL_CHANNEL = np.array([channel.parcels for channel in CHANNELS])


@dataclass(frozen=True)
class Destination:
    """A country at the other end: its share of traffic, dialling code, culture of its names, airports and ports."""

    country: str
    weight: float
    dial: int
    culture: str
    air: tuple[str, ...]
    sea: tuple[str, ...]
    cities: tuple[str, ...]


_ROWS = """
US 27 1 en USLAX,USMEM,USORD,USMIA USLAX,USNYC Los Angeles,Memphis,Chicago,Miami,Houston
CA 4 1 en CAYYZ,CAYVR CAVAN Toronto,Vancouver,Calgary
MX 3 52 es MXMEX MXZLO Ciudad de México,Guadalajara
GB 7 44 en GBLHR,GBLON GBFXT,GBSOU London,Leeds,Bristol
DE 5 49 de DEFRA,DELEJ DEHAM Hamburg,Köln,Leipzig
FR 4 33 fr FRPAR FRLEH Lyon,Paris,Lille
NL 2.5 31 de NLAMS NLRTM Rotterdam,Utrecht
BE 1.5 32 fr BELGG BEANR Liège,Antwerpen
ES 2.5 34 es ESMAD ESBCN,ESVLC Madrid,Valencia,Sevilla
IT 2.5 39 es ITMIL ITGOA Milano,Torino,Napoli
PL 2 48 de PLWAW PLGDN Warszawa,Gdańsk
PT 1 351 pt PTLIS PTLIS Lisboa,Porto,Braga
AE 5 971 ar AEDXB,AESHJ AEJEA Dubai,Sharjah
SA 3 966 ar SARUH,SAJED SAJED Riyadh,Jeddah
TR 2 90 ar TRIST TRMER Istanbul,Izmir
KZ 1 7 de KZALA KZALA Almaty
PK 1 92 ar PKKHI PKKHI Karachi,Lahore
IN 1.5 91 ar INBOM INNSA Mumbai,Pune
SG 2 65 en SGSIN SGSIN Singapore
MY 2.5 60 en MYKUL MYPKG Kuala Lumpur,Penang
TH 2.5 66 sea THBKK THLCH Bangkok,Chiang Mai
VN 2 84 sea VNSGN,VNHAN VNSGN,VNHPH Ho Chi Minh City,Ha Noi
PH 2 63 es PHMNL PHMNL Manila,Cebu
ID 2 62 sea IDJKT IDJKT Jakarta,Surabaya
KH 0.6 855 sea KHPNH KHKOS Phnom Penh
BR 3.5 55 pt BRVCP,BRGRU BRSSZ São Paulo,Curitiba,Recife
CL 1.5 56 es CLSCL CLSAI Santiago,Valparaíso
PE 1 51 es PELIM PECLL Lima,Arequipa
CO 1.2 57 es COBOG COBUN Bogotá,Medellín
PA 0.8 507 es PAPTY PAONX Panamá,Colón
NG 1.3 234 en NGLOS NGAPP Lagos,Kano
KE 0.8 254 en KENBO KEMBA Nairobi,Mombasa
ZA 1 27 en ZAJNB ZADUR Johannesburg,Durban
EG 0.8 20 ar EGCAI EGALY Cairo,Alexandria
JP 2.5 81 jp JPNRT JPTYO,JPOSA Tokyo,Osaka
KR 2 82 jp KRICN KRPUS Seoul,Busan
AU 2 61 en AUSYD,AUMEL AUMEL Sydney,Melbourne
CN 2 86 zh-Hans CNCAN,CNSZX CNNSA,CNSHK 广州,深圳,东莞,佛山
HK 4 852 zh-Hant HKHKG HKHKG 九龍,荃灣,屯門,Kowloon
MO 1.5 853 zh-Hant MOMFM MOMFM 澳門,Macau
"""


def _destination(row: str) -> Destination:
    country, weight, dial, culture, air, sea, cities = row.split(" ", 6)
    return Destination(
        country,
        float(weight),
        int(dial),
        culture,
        tuple(air.split(",")),
        tuple(sea.split(",")),
        tuple(cities.split(",")),
    )


DESTINATIONS = tuple(_destination(row) for row in _ROWS.strip().splitlines())
COUNTRIES = tuple(destination.country for destination in DESTINATIONS)
DESTINATION_MIX = np.array([destination.weight for destination in DESTINATIONS])


def country(code: str) -> int:
    """Give the position of a country in `DESTINATIONS`."""
    return COUNTRIES.index(code)


def channels(*kinds: str, administration: Administration | None = None) -> np.ndarray:
    """Give the positions in `CHANNELS` of some kinds of traffic, in all administrations or in one."""
    return np.array(
        [at for at, one in enumerate(CHANNELS) if one.kind in kinds and administration in (None, one.administration)]
    )
