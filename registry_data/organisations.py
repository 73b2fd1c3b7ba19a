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
    AKIMAT_REGION = "akimat_region"  # of a region, a city of republican significance or the capital
    AKIMAT_DISTRICT = "akimat_district"  # of a district or a city of regional significance
    STATE_CORPORATION = "state_corporation"
    STATE_CORPORATION_BRANCH = "state_corporation_branch"
    SUBORDINATE_ORGANISATION = "subordinate_organisation"  # of a ministry
    FUND = "fund"
    FUND_BRANCH = "fund_branch"
    PENSION_FUND = "pension_fund"


class Organisation(Model):
    """`parent` is the code of the superior body; `region` and `district` are codes of `regions.yaml`."""

    code: Slug
    kind: OrganisationKind
    names: Text
    parent: Slug | None = None
    region: Slug | None = None
    district: Slug | None = None
