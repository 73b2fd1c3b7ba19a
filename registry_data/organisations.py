"""Organisations of `organisations.yaml`: bodies that provide services, assess them, answer complaints."""

from enum import StrEnum

from registry_data.schema import Model, Slug, Text


class OrganisationKind(StrEnum):
    AGENCY = "agency"  # the Agency for Civil Service Affairs, which assesses and controls quality
    AGENCY_DEPARTMENT = "agency_department"  # its territorial bodies
    MINISTRY = "ministry"
    CENTRAL_BODY = "central_body"  # other bodies directly under the President or the Government
    COMMITTEE = "committee"  # of a ministry
    TERRITORIAL_POLICE = "territorial_police"
    TAX_DEPARTMENT = "tax_department"
    JUSTICE_DEPARTMENT = "justice_department"
    LABOUR_DEPARTMENT = "labour_department"  # of the committee that grants pensions and allowances
    SOCIAL_PROTECTION_DEPARTMENT = "social_protection_department"
    MEDICAL_CONTROL_DEPARTMENT = "medical_control_department"
    SANITARY_DEPARTMENT = "sanitary_department"
    LAND_DEPARTMENT = "land_department"
    MILITARY_DEPARTMENT = "military_department"
    AKIMAT_REGION = "akimat_region"  # of a region, a city of republican significance or the capital
    AKIMAT_DISTRICT = "akimat_district"  # of a district or a city of regional significance
    AKIM = "akim"  # of a city's district, a town of district significance, a village, a rural district
    REGION_DEPARTMENT = "region_department"  # a region's own department (басқарма), paid from its budget
    STATE_CORPORATION = "state_corporation"
    STATE_CORPORATION_BRANCH = "state_corporation_branch"
    STATE_CORPORATION_DEPARTMENT = "state_corporation_department"  # of a branch, in a district
    SUBORDINATE_ORGANISATION = "subordinate_organisation"  # of a ministry
    FUND = "fund"
    FUND_BRANCH = "fund_branch"
    PENSION_FUND = "pension_fund"


class Organisation(Model):
    """`parent` is the code of the superior body; `region` and `district` are codes of `regions.yaml`.

    `generated`: named by pattern, because the law makes the body exist; nobody has listed it.
    """

    code: Slug
    kind: OrganisationKind
    names: Text
    parent: Slug | None = None
    region: Slug | None = None
    district: Slug | None = None
    generated: bool = False
