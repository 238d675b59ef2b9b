"""Who is a he and who is a she: by the noun, by the title, and by the pronouns that an article uses itself."""

from collections import Counter

from quotes.extraction.entities import Entities, Entity

GENDERS = dict.fromkeys("he him his himself".split(), "male")
GENDERS |= dict.fromkeys("she her hers herself".split(), "female")
_FEWEST = 4
"""So many pronouns outweigh the gender that a given name mostly has."""


def learn_genders(entities: Entities) -> None:
    """Let titles tell who is a he or a she, and sentences that name one person alone, as their subject."""
    votes: dict[Entity, Counter[str]] = {}
    people: dict[Entity, None] = {}
    at = 0
    occurrences = entities.occurrences
    for number, page in enumerate(entities.pages):
        for _, high in page.sentences:
            end = page.ends[high - 1]
            named = []
            while at < len(occurrences) and occurrences[at].span[0] < end and occurrences[at].page == number:
                o = occurrences[at]
                at += 1
                if o.entity and o.entity.kind == "person" and not o.quoted:
                    people[o.entity] = None
                    named.append(o)
            if not named or any(o.entity is not named[0].entity for o in named):
                continue
            last = named[0].tokens[1]
            if page.tags[last : last + 1] not in tuple("VXOE,K"):
                continue
            pronouns = (page.lower[i] for i in range(last, high) if page.tags[i] in "PD")
            gender = next((GENDERS[word] for word in pronouns if word in GENDERS), None)
            if gender and named[0].entity:
                votes.setdefault(named[0].entity, Counter())[gender] += 1
    for entity in people:
        if entity.courtesy:
            continue
        nouns = (word for role in entity.roles for word in role.title.lower().split() if word != "chairman")
        told = next(filter(None, map(gender_of, nouns)), "")
        gender, most = max(votes.get(entity, {"": 0}).items(), key=lambda pair: pair[1])
        total = sum(votes.get(entity, {}).values())
        if told:
            entity.gender = told
        elif most and (3 * most >= 2 * total if entity.gender in ("", "either") else most == total >= _FEWEST):
            entity.gender = gender


_WOMEN = frozenset(
    "actress aunt countess daughter duchess girl girlfriend grandmother mother mum nun princess queen sister"
    " stepmother waitress widow wife actresses".split()
)
_MEN = frozenset(
    "boy boyfriend brother father grandfather grandson husband king monk nephew prince son stepfather uncle"
    " widower duke priest pope".split()
)


def gender_of(noun: str) -> str:
    """Return the gender that a noun for a person has in its form, or an empty string."""
    if noun.endswith("woman") or noun in _WOMEN:
        return "female"
    return "male" if noun.endswith("man") or noun in _MEN else ""
