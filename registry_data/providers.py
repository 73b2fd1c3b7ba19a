"""Kinds of service providers: the prose of a card's `provider` as an enum, for routing."""

from enum import StrEnum


class ProviderKind(StrEnum):
    # Local executive bodies. The plain one: services provided at several levels, depending on the case.
    AKIMAT = "akimat"
    AKIMAT_REGION = "akimat_region"  # regions, cities of republican significance, the capital
    AKIMAT_DISTRICT = (
        "akimat_district"  # districts, cities of regional significance, also the three largest cities
    )
    AKIMAT_CITY = "akimat_city"  # a city's own, whatever its rank
    AKIMAT_VILLAGE = "akimat_village"  # akims of towns, settlements, villages and rural districts
    CIVIL_REGISTRY_OFFICE = "civil_registry_office"
    EMPLOYMENT_DEPARTMENT = "employment_department"
    CAREER_CENTRE = "career_centre"
    VETERINARY_ORGANISATION = "veterinary_organisation"

    # Territorial bodies of central ones
    TERRITORIAL_POLICE = "territorial_police"
    TAX_BODY = "tax_body"
    JUSTICE_DEPARTMENT = "justice_department"
    LABOUR_COMMITTEE_BRANCH = "labour_committee_branch"
    SOCIAL_PROTECTION_COMMITTEE_BRANCH = "social_protection_committee_branch"
    MEDICAL_CONTROL_DEPARTMENT = "medical_control_department"
    SANITARY_DEPARTMENT = "sanitary_department"
    LAND_DEPARTMENT = "land_department"
    SOCIAL_FUND_BRANCH = "social_fund_branch"
    MILITARY_OFFICE = "military_office"
    MILITARY_HOUSING_UNIT = "military_housing_unit"

    # Central and nationwide bodies; `provider_organisation` says which if there are several
    MINISTRY = "ministry"
    AGENCY = "agency"
    SUBORDINATE_ORGANISATION = "subordinate_organisation"
    STATE_CORPORATION = "state_corporation"
    PENSION_FUND = "pension_fund"
    FUND = "fund"
    FOREIGN_MISSION = "foreign_mission"

    # Organisations that serve the public on site
    CLINIC = "clinic"
    KINDERGARTEN = "kindergarten"
    SCHOOL = "school"
    COLLEGE = "college"
    UNIVERSITY = "university"
    ARCHIVE = "archive"
    FOREST_OWNER = "forest_owner"
    PRIVATE = "private"


NAMED_BY_CODE = frozenset({ProviderKind.MINISTRY, ProviderKind.AGENCY, ProviderKind.SUBORDINATE_ORGANISATION})
