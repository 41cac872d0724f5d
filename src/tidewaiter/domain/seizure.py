"""The vocabulary of controls and seizures, beside ``vocabulary.ControlChannel`` and ``vocabulary.Finding``.

The words of each code in four languages stand on the closed list of the same name in ``refdata``.
"""

from enum import StrEnum


class RightType(StrEnum):
    """Kind of right that goods are suspected to infringe. Which of them customs protects is each law's affair."""

    TRADE_MARK = "TM"
    COPYRIGHT = "CR"
    RELATED_RIGHT = "RR"
    INVENTION_PATENT = "PT"
    UTILITY_MODEL = "UM"
    DESIGN = "DE"
    GEOGRAPHICAL_INDICATION = "GI"
    PLANT_VARIETY = "PVR"
    OLYMPIC_SYMBOL = "OLY"
    EXPO_MARK = "EXPO"
    TRADE_NAME = "TN"
    LAYOUT_DESIGN = "IC"


class InfringementType(StrEnum):
    """In which manner the goods are suspected to infringe."""

    COUNTERFEIT_MARK = "counterfeit_mark"
    SIMILAR_MARK = "similar_mark"
    PIRATED_COPY = "pirated_copy"
    LABEL_PACKAGING = "label_packaging"
    UNBRANDED_SEPARATE_LABEL = "unbranded_separate_label"
    PATENT_DESIGN = "patent_design"
    PARALLEL_IMPORT = "parallel_import"
    MIXED = "mixed"


class Concealment(StrEnum):
    """How the goods were hidden."""

    NONE = "none"
    MISDECLARED = "misdeclared"
    COVER_LOAD = "cover_load"
    MIXED_WITH_GENUINE = "mixed_with_genuine"
    LABEL_COVERED = "label_covered"
    SEPARATE_LABELS = "separate_labels"
    COMPARTMENT = "compartment"
    ON_BODY = "on_body"
    FORGED_AUTHORISATION = "forged_authorisation"
    FORGED_PAPERS = "forged_papers"


class ControlSubject(StrEnum):
    """What a control looks at. Only a consignment needs a declaration."""

    CONSIGNMENT = "consignment"
    VEHICLE = "vehicle"
    PASSENGER = "passenger"
    SHOP = "shop"
    PREMISES = "premises"
