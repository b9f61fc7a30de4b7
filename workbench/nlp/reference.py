"""The words by which texts point back to an actor without a name."""

from typing import Final

BODIES: Final = frozenset({"state", "alliance", "organisation", "group", "force", "region", "party"})
HE: Final = frozenset({"he", "him", "his", "himself"})
SHE: Final = frozenset({"she", "her", "hers", "herself"})
IT: Final = frozenset({"it", "its", "itself"})
THEY: Final = frozenset(
    {"they", "them", "their", "theirs", "themselves", "both", "each", "neither", "these", "those", "all"}
)
WHO: Final = frozenset({"who", "which", "that", "whom", "whose"})
MEN: Final = frozenset({"mr", "sir", "lord", "king", "prince", "sheikh", "pope", "frenchman", "emir", "sultan"})
WOMEN: Final = frozenset(
    {"mrs", "ms", "miss", "lady", "dame", "queen", "princess", "baroness", "chairwoman", "spokeswoman"}
)

COUNTRY: Final = frozenset(
    {
        "country",
        "nation",
        "state",
        "kingdom",
        "republic",
        "government",
        "emirate",
        "federation",
        "capital",
        "administration",
    }
)
GROUP: Final = frozenset(
    {
        "alliance",
        "bloc",
        "coalition",
        "union",
        "group",
        "grouping",
        "partnership",
        "organisation",
        "organization",
        "initiative",
        "pact",
        "league",
    }
)
FORCE: Final = frozenset({"force", "mission", "operation", "contingent", "patrol", "army", "peacekeepers"})
PERSON: Final = frozenset(
    {
        "president",
        "minister",
        "premier",
        "chancellor",
        "leader",
        "secretary",
        "envoy",
        "pm",
        "politician",
        "general",
        "ambassador",
        "diplomat",
    }
)
MEMBERS: Final = frozenset(
    {"country", "nation", "state", "leader", "member", "participant", "ally", "partner", "government", "capital",
    "contributor", "signatory", "minister",
     "organiser", "organizer", "founder", "participating"}
)  # fmt: skip
SPOKEN_FOR: Final = frozenset(
    [
        "official",
        "government",
        "ministry",
        "minister",
        "leader",
        "diplomat",
        "administration",
        "army",
        "military",
        "navy",
        "parliament",
        "force",
        "troop",
        "soldier",
        "authority",
        "delegation",
        "side",
        "team",
        "cabinet",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "source",
        "negotiator",
        "aide",
        "capital",
        "ally",
        "office",
        "officer",
        "lawmaker",
        "planner",
        "commander",
        "general",
        "ambassador",
        "envoy",
        "embassy",
        "intelligence",
        "police",
        "department",
        "presidency",
        "chancellery",
        "state",
        "country",
        "nation",
        "representative",
        "adviser",
        "contingent",
        "regime",
        "people",
        "junta",
        "ruler",
        "coastguard",
        "firm",
        "jet",
        "company",
        "bank",
        "premier",
        "president",
        "secretary",
        "partner",
        "frigate",
        "ship",
        "vessel",
        "destroyer",
        "plane",
        "unit",
        "brigade",
        "battalion",
        "company",
        "engineer",
        "trainer",
        "peacekeeper",
        "gendarme",
        "offer",
        "pledge",
        "promise",
        "commitment",
        "decision",
        "plan",
        "proposal",
        "contribution",
        "refusal",
        "announcement",
        "support",
        "aid",
        "help",
        "chief",
        "bigwig",
        "boss",
        "brass",
        "politician",
        "insider",
        "mandarin",
        "strategist",
        "banker",
        "donor",
        "lender",
        "fleet",
        "commando",
        "marine",
        "policeman",
        "taxpayer",
        "share",
        "grant",
        "loan",
        "donation",
        "gift",
        "deployment",
        "participation",
        "involvement",
        "king",
        "queen",
        "emir",
        "sultan",
        "monarch",
        "prince",
        "senate",
        "leadership",
        "position",
        "package",
    ]
)
"""Nouns whose owner or nationality tells who acts: *British officials*, *Canberra's offer*."""

SPEAKING: Final = frozenset(
    {"official", "spokesman", "spokeswoman", "spokesperson", "government", "source", "minister", "aide"}
)
"""Those who speak for the state whose capital they are in."""

HOUSED: Final = frozenset({"ministry", "government", "army", "military", "presidency", "official", "parliament"})
"""Bodies that are those of the state in whose capital something happens."""

HELPING: Final = frozenset({"aide", "adviser", "advisor", "assistant"})
SERVING: Final = SPEAKING - {"government"} | HELPING | {"officer", "diplomat", "insider", "negotiator"}
SERVED: Final = frozenset({"at", "for", "with", "within", "inside"})
"""An official *at*, a spokesman *for* a ministry or an army speaks for its state."""

ALLIED: Final = frozenset({"ally", "partner", "backer", "supporter", "neighbour", "neighbor", "friend", "donor"})
"""Those whom a possessive does not name: *Ukraine’s allies* are others than Ukraine."""

GOVERNING: Final = frozenset(
    [
        "government",
        "administration",
        "cabinet",
        "country",
        "side",
        "regime",
        "ministry",
        "office",
        "army",
        "military",
        "team",
        "forces",
        "troops",
        "ally",
        "aide",
    ]
)
"""Nouns that turn a leader who owns them into the state: *the Trump administration*."""
