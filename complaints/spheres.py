"""Which state body controls the sphere of a private provider's service.

Order 78 ¶15 sends such a complaint to "the authorised bodies that control the sphere" without naming them:
this table is ours, by the life situation of the service's card.
"""

from collections.abc import Mapping

from registry_data.schema import LifeSituation

CONTROLLERS: Mapping[LifeSituation, str] = {
    LifeSituation.CHILDREN: "ministry-education",
    LifeSituation.EDUCATION: "ministry-education",
    LifeSituation.HEALTH: "ministry-health",
    LifeSituation.WORK: "ministry-labour",
    LifeSituation.SOCIAL: "ministry-labour",
    LifeSituation.PENSION: "ministry-labour",
    LifeSituation.HOUSING: "ministry-industry",
    LifeSituation.LAND: "ministry-agriculture",
    LifeSituation.TRANSPORT: "ministry-transport",
    LifeSituation.TAXES: "committee-state-revenue",
    LifeSituation.MIGRATION: "ministry-internal-affairs",
    LifeSituation.MILITARY: "ministry-defence",
    LifeSituation.JUSTICE: "ministry-justice",
    LifeSituation.AGRICULTURE: "ministry-agriculture",
    LifeSituation.ECOLOGY: "ministry-ecology",
    LifeSituation.CULTURE: "ministry-culture",
}
