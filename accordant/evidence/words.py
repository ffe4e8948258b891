"""Closed word classes and noun lists that the rules look at. English only.

The lists are general: no party and no person is named in them. News outlets have a list of their
own (:mod:`accordant.evidence.outlets`).
"""

from __future__ import annotations


def word_set(words: str) -> frozenset[str]:
    """Words written in one string, as a set.

    Examples
    --------
    >>> sorted(word_set("of for"))
    ['for', 'of']
    """
    return frozenset(words.split())


DETERMINERS = word_set(
    "the a an this that these those its his her their our my your some any no each every both all most "
    "many several few another other various numerous certain such either neither"
)
DEFINITE = word_set("the this that these those its his her their our my your both")
SUBJECT_PRONOUNS = word_set("he she they it we i you")
POSSESSIVE_PRONOUNS = word_set("his her their its our my")
QUANTIFIERS = word_set("some many several few both one others another most none all either neither half")
"""Words that may stand for people by themselves."""

NUMBERS = {
    word: n
    for n, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {"dozen": 12, "thirty": 30, "forty": 40, "fifty": 50}

PREPOSITIONS = word_set(
    "of for at in on to from with by near about inside outside under over between among within across "
    "against during since until after before without into onto through throughout toward towards amid "
    "despite upon per around above below behind beyond beside besides like via following including "
    "excluding regarding concerning"
)
AUXILIARIES = word_set(
    "is are was were be been being am has have had having do does did isn’t aren’t wasn’t weren’t hasn’t "
    "haven’t hadn’t doesn’t don’t didn’t 's ’s 're ’re 've ’ve he’s she’s it’s they’re they’ve we’ve "
    "we’re i’ve i’m i’d he’d she’d they’d we’d there’s that’s"
)
CONTRACTED = word_set(
    "he’s she’s it’s they’re they’ve we’ve we’re i’ve i’m i’d he’d she’d they’d we’d you’ve you’re you’d "
    "i’ll we’ll they’ll he’ll she’ll it’ll"
)
"""A pronoun and its auxiliary in one word."""
MODALS = word_set(
    "will would can could may might must shall should won’t wouldn’t can’t couldn’t mustn’t shouldn’t "
    "cannot needn’t ought he’ll she’ll they’ll we’ll it’ll i’ll"
)
NEGATIONS = word_set(
    "not never no nobody none neither nor hardly scarcely isn’t aren’t wasn’t weren’t hasn’t haven’t "
    "hadn’t doesn’t don’t didn’t won’t wouldn’t can’t couldn’t shouldn’t cannot without"
)
SUBORDINATORS = word_set(
    "that while although though because since as when if whether after before until unless whereas once "
    "than where why how what whatever who whose whom which so lest whereby wherein"
)
RELATIVES = word_set("who whose whom which that")
COORDINATORS = word_set("and but or nor yet & plus")
ADVERBS = word_set(
    "also then now later earlier again still already even just only once twice today yesterday tomorrow "
    "tonight ago too however meanwhile therefore thus hence moreover furthermore nonetheless nevertheless "
    "instead rather there here soon often always sometimes perhaps maybe afterwards afterward since first "
    "separately not never n’t almost nearly quite very together overnight so far"
)
NOT_ADVERBS = word_set(
    "family rally bully tally folly anomaly monopoly fly butterfly ally allies assembly supply reply july "
    "daily weekly monthly early italy only elderly"
)
"""Words in -ly that are no adverbs."""

FINITE = word_set(
    "went came took gave made held met left began broke rose fell saw got kept stood ran grew knew became "
    "sent brought built bought caught chose drew drove fought flew found led lost paid sat sold spent "
    "struck won hit goes takes gives makes holds leaves begins remains faces continues seems appears "
    "seeks wants tries fails includes contains follows represents requires shows means keeps stands grows "
    "becomes allows brings lies meets opens serves carries covers coincides amounts depends relies refers "
    "belongs exists happens consists hinges rests awaits want seek remain appear seem continue"
)
"""Common finite forms that are not cues of attribution and not often nouns."""

PASSIVES = word_set(
    "held left led made kept built bought brought caught chosen lost sent sold struck won hit run met"
)
"""Finite forms that are participles too."""

REDUCED = word_set(
    "briefed based involved informed acquainted authorised authorized called named quoted headed chaired "
    "appointed elected employed obtained located aged detained displaced affected concerned connected "
    "related linked published released issued signed dated seated posted stationed armed retired seen "
    "reviewed addressed backed known described born reached contacted approached interviewed questioned "
    "pressed"
)
"""Participles that follow a noun to describe it: ``people briefed on the talks``."""

WEEKDAYS = word_set("monday tuesday wednesday thursday friday saturday sunday")
MONTHS = word_set(
    "january february march april may june july august september october november december jan. feb. mar. "
    "apr. jun. jul. aug. sept. sep. oct. nov. dec."
)
TIME_NOUNS = word_set(
    "day days week weeks month months year years weekend morning evening night afternoon quarter"
)

ADDRESSEES = word_set(
    "reporters journalists parliament lawmakers congress mps senators legislators delegates members staff "
    "investors viewers listeners readers colleagues them him her me us you audiences crowds councillors"
)

INSIDERS = word_set(
    "official officials person people diplomat diplomats source sources aide aides adviser advisers "
    "advisor advisors negotiator negotiators mediator mediators envoy envoys insider insiders staffer "
    "staffers employee employees representative representatives lawmaker lawmakers lawyer lawyers witness "
    "witnesses delegate delegates operative operatives intermediary intermediaries participant "
    "participants individual individuals figure figures counterpart counterparts man men woman women "
    "resident executive executives soldier officer officers politician politicians confidant confidants "
    "associate associates attendee attendees broker brokers bureaucrat bureaucrats technician technicians "
    "engineer engineers organiser organisers organizer organizers"
)
"""Heads of descriptions of people without a name."""

VOICES = word_set(
    "spokesman spokeswoman spokesperson spokesmen spokespeople spokespersons spokeswomen representative "
    "press-officer"
)
OFFICES = word_set(
    "president minister ministers secretary chief chiefs head heads director directors chairman "
    "chairwoman chair governor governors mayor mayors commander commanders general king queen prince emir "
    "sultan ambassador ambassadors premier chancellor leader leaders judge judges justice fellow "
    "professor manager owner captain founder ceo negotiator envoy treasurer commissioner deputy "
    "vice-president speaker senator lawmaker congressman congresswoman mp prosecutor magistrate "
    "arbitrator conciliator ombudsman rector bishop archbishop imam sheikh pope patriarch foreman steward "
    "administrator superintendent inspector coordinator analyst analysts expert experts economist "
    "economists researcher researchers historian scientist scientists hydrologist lawyer attorney "
    "consultant strategist columnist author chairperson co-chair president-elect trustee boss executive "
    "commodore admiral colonel major lieutenant sergeant agronomist engineer mediator adviser advisor "
    "counsel landlord farmer doctor nurse docker driver fisherman shopkeeper teacher resident father "
    "mother brother sister son daughter wife husband widow cousin uncle aunt nephew friend colleague"
)
GROUPS = word_set(
    "analysts experts critics residents families relatives commuters workers farmers protesters protestors "
    "observers activists supporters opponents members fishermen traders citizens voters campaigners "
    "demonstrators villagers strikers dockers drivers teachers nurses doctors miners employers "
    "shareholders investors creditors suppliers customers buyers growers irrigators herders students "
    "parents neighbours neighbors locals economists scientists researchers historians lawyers engineers "
    "commentators unions ministers leaders governments countries states parties sides companies mediators "
    "allies rivals hardliners moderates survivors refugees commanders fighters troops rebels militants "
    "clerics elders judges owners tenants landlords officials groups authorities agencies organisations "
    "organizations media outlets newspapers airlines firms banks settlers passengers volunteers lobbyists "
    "islanders townspeople"
)
INSTITUTIONS = word_set(
    "government governments ministry union unions company army military police court council office "
    "department agency board party group movement organisation organization federation association "
    "committee commission parliament cabinet authority authorities bank firm hospital university "
    "institute side delegation administration team coalition faction militia front force forces embassy "
    "palace utility district city state country kingdom republic navy congress senate house assembly "
    "bureau directorate secretariat tribunal panel service corporation consortium alliance bloc league "
    "society foundation centre center charity employer employers management leadership opposition regime "
    "junta rebels presidency mission consulate operator manufacturer supplier retailer airline railway "
    "port cooperative co-operative chamber watchdog regulator mayoralty municipality province region town "
    "village community tribe clan church monastery syndicate guild club school college mine plant mill "
    "lobby meeting conference summit plenary island"
)
DOCUMENTS = word_set(
    "report reports statement statements document documents letter letters memo memos study studies "
    "survey surveys poll polls paper papers communiqué communique note draft text data record records "
    "filing filings ruling rulings agreement article articles post posts email emails e-mail e-mails "
    "message messages transcript transcripts minutes resolution resolutions website bulletin notice "
    "editorial dispatch cable cables file files order judgment verdict complaint lawsuit contract treaty "
    "declaration manifesto findings summary copy excerpt excerpts presentation briefing leak analysis "
    "testimony audit inquiry investigation book interview speech video recording census estimates "
    "documents statistics evidence affidavit newsletter audit petition charter clause review inventory "
    "log opinion covenant banner placard"
)
MEDIA = word_set(
    "newspaper newspapers agency broadcaster channel network station outlet website site magazine daily "
    "weekly radio television tv media press wire"
)
ORGANISATION_WORDS = word_set(
    "ministry institute university college school center centre foundation endowment fund council "
    "committee commission board department office agency authority bureau union federation association "
    "organisation organization group company corporation inc ltd bank court parliament congress senate "
    "assembly party front movement army navy force forces command police house nations league society "
    "international national peace affairs studies relations policy research security project initiative "
    "program programme network alliance trust club academy laboratory hospital museum times post news "
    "herald tribune journal gazette courier wire street city county district province state republic "
    "kingdom federal central water energy transport health labour labor trade commerce finance justice "
    "defence defense foreign interior united white east west north south middle port harbour harbor river "
    "lake valley gulf sea strait island islands council’s world global royal public ag gmbh plc sa nv llc "
    "corp general-directorate secretariat chamber mission brotherhood brigade brigades resistance "
    "liberation people’s workers’ farmers’ dockers’ users’ strategic economic political development state "
    "embassy palace plant works mine mines line lines airways railways shipping steel co group’s arabia "
    "zealand lanka korea rica salvador leone guinea africa sudan emirates herzegovina verde faso marino "
    "kong delhi aviv dhabi york angeles francisco qaeda jihad haram shabab shabaab "
    "products industries motors systems technologies holdings foods partners services solutions resources "
    "communications petroleum oil gas electric terminals stores western eastern northern southern pacific "
    "atlantic american british forest"
)
TITLES = word_set(
    "mr mrs ms dr prof sir dame lord lady gen lt col maj capt adm sen rep gov hon miss madam mr. mrs. ms. "
    "dr. prof. gen. lt. col. maj. capt. adm. sen. rep. gov. sgt. president minister secretary director "
    "chairman chairwoman chief judge justice senator governor mayor ambassador general colonel major "
    "captain admiral commander sheikh imam father sister brother king queen prince princess professor "
    "premier chancellor congressman congresswoman representative envoy spokesman spokeswoman spokesperson "
    "commissioner speaker leader analyst economist deputy prime vice foreign defence defense finance "
    "interior union lawyer coach engineer attorney counsel pope bishop archbishop rabbi ayatollah mullah "
    "emir sultan"
)
MASCULINE = word_set(
    "mr mr. sir lord king prince sheikh imam emir sultan chairman spokesman father brother son husband "
    "uncle nephew businessman congressman rabbi pope bishop mullah ayatollah"
)
FEMININE = word_set(
    "mrs mrs. ms ms. miss dame lady madam queen princess chairwoman spokeswoman mother sister daughter "
    "wife widow aunt businesswoman congresswoman"
)
