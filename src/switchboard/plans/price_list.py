"""All plans of all generations. A tenant keeps the generation and plan it has, for as long as its folder is there."""

from dataclasses import dataclass

from switchboard.errors import SettingsError
from switchboard.plans.plan import Plan

FREE = "free"
"""The plan that every tenant is born on (SPEC 3)."""


@dataclass(frozen=True, slots=True)
class PriceList:
    """All generations; in each the cheapest plan first."""

    generation_on_sale: str
    generations: dict[str, tuple[Plan, ...]]

    @property
    def on_sale(self) -> tuple[Plan, ...]:
        return self.generations[self.generation_on_sale]

    @property
    def free(self) -> Plan:
        """What a new tenant gets."""
        return self.sold(FREE)

    def plan(self, generation: str, key: str) -> Plan:
        """Of any generation. Raises SettingsError when the files lack a plan that a tenant has."""
        for plan in self.generations.get(generation, ()):
            if plan.key == key:
                return plan
        raise SettingsError(f"plans/{generation}/{key}.toml is missing, but a tenant has this plan: put the file back")

    def sold(self, key: str) -> Plan:
        """Of the generation on sale. Raises SettingsError that names the plans on sale."""
        for plan in self.on_sale:
            if plan.key == key:
                return plan
        names = ", ".join(plan.key for plan in self.on_sale)
        raise SettingsError(f"there is no plan {key} on sale: choose one of {names}")
