"""Who is a he and who is a she: by the noun, by the title, and by the pronouns that an article uses itself."""

from collections import Counter

from quotes.extraction.entities import Entities, Entity
from quotes.extraction.names import gender_of
from quotes.extraction.tokens import Tokens

GENDERS = dict.fromkeys("he him his himself".split(), "male")
GENDERS |= dict.fromkeys("she her hers herself".split(), "female")


def learn_genders(entities: Entities) -> None:
    """Let titles tell who is a he or a she, and then the sentences of which one person alone is the subject.

    Only of whom a given name or a courtesy does not tell it.
    """
    unknown = {e: Counter[str]() for e in (o.entity for o in entities.occurrences) if e and _is_open(e)}
    for entity in unknown:
        nouns = (word for role in entity.roles for word in role.title.lower().split() if word != "chairman")
        entity.gender = next(filter(None, map(gender_of, nouns)), entity.gender)
    for number in dict.fromkeys(o.page for o in entities.occurrences if o.entity in unknown):
        page = entities.pages[number]
        named = [o for o in entities.within(page.starts[0], page.ends[-1]) if o.kind == "person" and not o.quoted]
        at = 0
        for _, high in page.sentences:
            first = at
            while at < len(named) and named[at].tokens[0] < high:
                at += 1
            somebody = named[first].entity if first < at else None
            if somebody is None or somebody not in unknown:
                continue
            # With another in the sentence only what is the first one's own tells: "Aster met his coach, Velin".
            other = next((o.tokens[0] for o in named[first + 1 : at] if o.entity is not somebody), None)
            last = named[first].tokens[1]
            if page.tags[last : last + 1] in tuple("VXOE,K"):
                telling = "PD" if other is None else "D"
                until = next((i for i in range(last, other or high) if _is_another(page, i)), other or high)
                words = (page.lower[i] for i in range(last, until) if page.tags[i] in telling)
                unknown[somebody].update([g for g in (GENDERS.get(word) for word in words) if g][:1])
    for entity, counts in unknown.items():
        if _is_open(entity) and counts:
            ((gender, most),) = counts.most_common(1)
            if 3 * most >= 2 * counts.total():
                entity.gender = gender


def _is_another(page: Tokens, at: int) -> bool:
    """Say whether a noun is of somebody else, whose a pronoun behind it may be: ``met a woman and her son``."""
    return page.tags[at] == "N" and gender_of(page.lower[at]) != "" and page.tags[at - 1] != ","


def _is_open(entity: Entity) -> bool:
    return entity.kind == "person" and entity.gender in ("", "either")
