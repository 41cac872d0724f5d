"""Declarations that we wrote ourselves, and a way to read them. All parties are invented."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from tidewaiter.intake.readers.wco_xml import WcoXmlReader
from tidewaiter.intake.reading import ReadBatch, ReadOptions

READER = WcoXmlReader()
DEC = "urn:wco:datamodel:WCO:DEC-DMS:2"
META = "urn:wco:datamodel:WCO:DocumentMetaData-DMS:2"

IMPORT = """
<FunctionCode>9</FunctionCode>
<FunctionalReferenceID>LRN-0001</FunctionalReferenceID>
<IssueDateTime><p:DateTimeString xmlns:p="urn:p" formatCode="304">20260504093000+08</p:DateTimeString></IssueDateTime>
<TypeCode>IMA</TypeCode>
<InvoiceAmount currencyID="HKD">12500.50</InvoiceAmount>
<TotalGrossMassMeasure unitCode="TNE">1.5</TotalGrossMassMeasure>
<TotalPackageQuantity>42</TotalPackageQuantity>
<Agent><FunctionCode>2</FunctionCode></Agent>
<AuthorisationHolder><ID>GB111111111000</ID><CategoryCode>SDE</CategoryCode></AuthorisationHolder>
<AuthorisationHolder><ID>GB222222222000</ID><CategoryCode>DPO</CategoryCode></AuthorisationHolder>
<BorderTransportMeans>
  <ID>9074729</ID><IdentificationTypeCode>10</IdentificationTypeCode>
  <RegistrationNationalityCode>PA</RegistrationNationalityCode><ModeCode>1</ModeCode>
</BorderTransportMeans>
<Consignment>
  <Carrier><Name>Lantern Bay Lines</Name></Carrier>
  <Itinerary><SequenceNumeric>2</SequenceNumeric><RoutingCountryCode>SG</RoutingCountryCode></Itinerary>
  <Itinerary><SequenceNumeric>1</SequenceNumeric><RoutingCountryCode>VN</RoutingCountryCode></Itinerary>
</Consignment>
<Declarant><ID>GB111111111000</ID></Declarant>
<Exporter>
  <Name>珠海明灯貿易</Name>
  <Address><CityName>Zhuhai</CityName><CountryCode>cn</CountryCode><Line>8 Lamp Road</Line>
  <PostcodeID>519000</PostcodeID></Address>
  <Communication><ID>mail@example.org</ID><TypeCode>EM</TypeCode></Communication>
  <Communication><ID>+86 756 000 0000</ID><TypeCode>TE</TypeCode></Communication>
</Exporter>
<GoodsShipment>
  <Consignee><Name>Kite &amp; Sons</Name><ID>LOCAL-77</ID></Consignee>
  <Consignment>
    <ContainerCode>1</ContainerCode>
    <ArrivalTransportMeans><ID>ZZ 12 34</ID><IdentificationTypeCode>30</IdentificationTypeCode><ModeCode>3</ModeCode>
    </ArrivalTransportMeans>
    <GoodsLocation>
      <Name>HKGXYZ001</Name><TypeCode>A</TypeCode>
      <Address><TypeCode>U</TypeCode><CountryCode>HK</CountryCode></Address>
    </GoodsLocation>
    <LoadingLocation><ID>CNZUH</ID></LoadingLocation>
    <TransportEquipment><SequenceNumeric>1</SequenceNumeric><ID>TWDU1234565</ID>
      <Seal><SequenceNumeric>1</SequenceNumeric><ID>SEAL-9</ID></Seal>
    </TransportEquipment>
  </Consignment>
  <Destination><CountryCode>HK</CountryCode></Destination>
  <ExportCountry><ID>CN</ID></ExportCountry>
  <GovernmentAgencyGoodsItem>
    <SequenceNumeric>1</SequenceNumeric>
    <StatisticalValueAmount currencyID="HKD">9999</StatisticalValueAmount>
    <AdditionalDocument><CategoryCode>N</CategoryCode><ID>INV-5</ID><TypeCode>380</TypeCode></AdditionalDocument>
    <AdditionalDocument><CategoryCode>C</CategoryCode><ID>LIC-1</ID><TypeCode>501</TypeCode></AdditionalDocument>
    <Commodity>
      <Description>Canvas shoes, assorted</Description>
      <Classification><ID>00</ID><IdentificationTypeCode>TRC</IdentificationTypeCode></Classification>
      <Classification><ID>6404.19.90</ID><IdentificationTypeCode>TSP</IdentificationTypeCode></Classification>
      <GoodsMeasure>
        <GrossMassMeasure unitCode="KGM">900</GrossMassMeasure>
        <NetNetWeightMeasure unitCode="GRM">800000</NetNetWeightMeasure>
        <TariffQuantity unitCode="NPR#G">400</TariffQuantity>
      </GoodsMeasure>
      <InvoiceLine><ItemChargeAmount currencyID="usd">1500</ItemChargeAmount></InvoiceLine>
    </Commodity>
    <GovernmentProcedure><CurrentCode>40</CurrentCode><PreviousCode>00</PreviousCode></GovernmentProcedure>
    <GovernmentProcedure><CurrentCode>000</CurrentCode></GovernmentProcedure>
    <Origin><CountryCode>VN</CountryCode><TypeCode>2</TypeCode></Origin>
    <Origin><CountryCode>CN</CountryCode><TypeCode>1</TypeCode></Origin>
    <Packaging><SequenceNumeric>1</SequenceNumeric><MarksNumbersID>KITE 1-40</MarksNumbersID>
      <QuantityQuantity>40</QuantityQuantity><TypeCode>CT</TypeCode></Packaging>
    <Packaging><SequenceNumeric>2</SequenceNumeric><QuantityQuantity>2</QuantityQuantity><TypeCode>CT</TypeCode></Packaging>
    <Seller><Name>Lantern Footwear</Name></Seller>
  </GovernmentAgencyGoodsItem>
  <GovernmentAgencyGoodsItem>
    <SequenceNumeric>2</SequenceNumeric>
    <StatisticalValueAmount currencyID="HKD">300</StatisticalValueAmount>
    <Commodity><Description>Laces</Description></Commodity>
  </GovernmentAgencyGoodsItem>
  <Importer><ID>91440400MA4ABCDE5F</ID></Importer>
  <PreviousDocument><CategoryCode>Z</CategoryCode><ID>6GB111-DUCR</ID><TypeCode>DCR</TypeCode></PreviousDocument>
  <PreviousDocument><CategoryCode>X</CategoryCode><ID>MAWB-1</ID><TypeCode>741</TypeCode></PreviousDocument>
  <PreviousDocument><CategoryCode>Z</CategoryCode><ID>ENS-1</ID><TypeCode>355</TypeCode></PreviousDocument>
  <UCR><TraderAssignedReferenceID>6GB111-DUCR</TraderAssignedReferenceID></UCR>
</GoodsShipment>
<SupervisingOffice><ID>HKG-OFFICE</ID></SupervisingOffice>
"""


def wrapped(content: str, country: str = "HK") -> str:
    """A declaration in its usual wrapper."""
    return (
        f'<md:MetaData xmlns:md="{META}" xmlns="{DEC}"><md:WCOTypeName>DEC</md:WCOTypeName>'
        f"<md:ResponsibleCountryCode>{country}</md:ResponsibleCountryCode>"
        f"<Declaration>{content}</Declaration></md:MetaData>"
    )


@dataclass
class BytesSource:
    """A source that holds its bytes, and can give them in small pieces."""

    data: bytes
    name: str = "made/declaration.xml"
    suffixes: tuple[str, ...] = (".xml",)
    path: Path | None = None

    def open(self) -> BinaryIO:
        return io.BytesIO(self.data)

    def head(self, size: int) -> bytes:
        return self.data[:size]


@dataclass
class Reading:
    """All that came of a source."""

    batches: list[ReadBatch]

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [row for batch in self.batches for row in batch.consignments.to_pylist()]

    @property
    def rejects(self) -> list[dict[str, Any]]:
        return [row for batch in self.batches for row in batch.rejects.to_pylist()]

    @property
    def row(self) -> dict[str, Any]:
        assert not self.rejects
        (row,) = self.rows
        return row

    @property
    def reject(self) -> dict[str, Any]:
        assert not self.rows
        (reject,) = self.rejects
        return reject


@pytest.fixture(scope="session")
def read() -> Callable[..., Reading]:
    """Read a document as a stream, and at once as a small one among many: both must give the same."""

    def reads(document: str | bytes, **options: Any) -> Reading:
        data = document.encode() if isinstance(document, str) else document
        source, how = BytesSource(data), ReadOptions(**options)
        batches = list(READER.read(source, how))
        for batch in batches:
            assert batch.read == batch.accepted + batch.rejects.num_rows
            assert sum(batch.consignments.column("source_rows").to_pylist()) == batch.accepted
            batch.consignments.validate(full=True)
        reading = Reading(batches)
        together = Reading(list(READER.read_together([source], how)))
        assert (together.rows, together.rejects) == (reading.rows, reading.rejects)
        return reading

    return reads


@pytest.fixture(scope="session")
def wrap() -> Callable[..., str]:
    return wrapped


@pytest.fixture(scope="session")
def import_declaration() -> str:
    return IMPORT


@pytest.fixture(scope="session")
def source() -> type[BytesSource]:
    return BytesSource
