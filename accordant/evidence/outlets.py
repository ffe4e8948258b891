"""News outlets: who a report says the story comes from.

The list is of names only, for recognition; nothing about an outlet is judged.
"""

from __future__ import annotations

import re

from accordant.evidence.words import word_set

_NAMES = (
    "CNN, BBC, BBC News, Reuters, AP, Associated Press, AFP, Agence France-Presse, NPR, PBS, NBC, NBC "
    "News, CBS, CBS News, ABC News, Fox News, MSNBC, Sky News, ITV, Channel 4, CBC, Axios, Politico, "
    "Bloomberg, Bloomberg News, Semafor, Vox, Time, Newsweek, The Economist, The New York Times, New York "
    "Times, Washington Post, Wall Street Journal, Los Angeles Times, USA Today, Guardian, The Times, "
    "Daily Telegraph, Independent, Financial Times, Daily Mail, Irish Times, Le Monde, Le Figaro, "
    "Libération, France 24, Der Spiegel, Spiegel, Die Zeit, Bild, Süddeutsche Zeitung, Deutsche Welle, "
    "DW, DPA, El País, El Mundo, EFE, ANSA, Corriere della Sera, La Repubblica, Al Jazeera, Al Arabiya, "
    "Al Arabiya News, Al-Jazeera, Al-Arabiya, Asharq Al-Awsat, The National, Middle East Eye, Al-Monitor, "
    "Haaretz, Ynet, Jerusalem Post, Times of Israel, Channel 12, Channel 13, Kan, Walla, Anadolu, Anadolu "
    "Agency, TRT, Hurriyet, IRNA, Tasnim, Press TV, TASS, Interfax, RIA Novosti, Kommersant, Ukrinform, "
    "Xinhua, Global Times, CCTV, South China Morning Post, Kyodo, Nikkei, NHK, Asahi Shimbun, Yonhap, "
    "KBS, Press Trust of India, PTI, ANI, The Hindu, Times of India, Dawn, Straits Times, ABC, Sydney "
    "Morning Herald, Globe and Mail, Toronto Star, Nation, Daily Nation, Vanguard, Punch, News24, Folha "
    "de S.Paulo, O Globo, Clarín, La Nación, The Hill, The Atlantic, New Yorker, Foreign Policy, "
    "ProPublica, Voice of America, Radio Free Europe, Euronews, MTV Lebanon, LBCI, Al Mayadeen"
)
_KNOWN = frozenset(name.strip().lower() for name in _NAMES.split(","))
_LAST = word_set(
    "times post news herald tribune gazette journal daily chronicle courier observer telegraph mail "
    "standard echo register examiner inquirer dispatch wire radio tv television newspaper broadcaster "
    "monitor bulletin press mirror globe mercury sentinel messenger review weekly agency channel network "
    "magazine ledger argus"
)
_NOT_MEDIA = word_set("agency network review press channel standard post monitor register daily")
DATELINE = re.compile(r"[A-Z][^()\n]{2,60}\((?P<name>[A-Z][\w .-]{1,30})\)\s*[-–—]")
"""The head of a wire report: ``KARSEL, 12 March (Meridian) –``."""

_ACRONYM = re.compile(r"[A-Z]{2,5}\d?\Z")


def is_outlet(name: str, told: bool = False) -> bool:
    """Whether a name is a news outlet's: from the list, or by its last word.

    ``told`` is for what stands after *told*, where an acronym is nearly always an outlet.

    Examples
    --------
    >>> [is_outlet(name) for name in ("CNN", "the Harbour Courier", "the council")]
    [True, True, False]
    >>> is_outlet("WRKB", told=True)
    True
    """
    words = name.strip(" ,.’'“”\"").removesuffix("’s").removesuffix("'s").split()
    if words and words[0].lower() in ("the", "a", "an", "state", "public", "broadcaster", "newspaper"):
        article, words = words[0], words[1:]
    else:
        article = ""
    if not words:
        return False
    plain = " ".join(words).lower()
    if plain in _KNOWN or f"{article} {plain}".strip().lower() in _KNOWN:
        return True
    if any(word.lower() in ("newspaper", "broadcaster", "channel", "radio", "television") for word in words):
        return any(word[0].isupper() for word in words)
    if not all(word[0].isupper() or word in ("of", "the", "and", "de", "&", "la") for word in words):
        return False
    last = words[-1].lower()
    named = len(words) > 1 or bool(article)
    if last in _LAST and words[-1][0].isupper() and named:
        return last not in _NOT_MEDIA or told or (len(words) > 1 and last in ("post", "press", "monitor"))
    return told and len(words) == 1 and _ACRONYM.match(words[0]) is not None


def outlet_name(words: str) -> str:
    """The outlet's name without an article.

    Examples
    --------
    >>> outlet_name("the Harbour Courier")
    'Harbour Courier'
    """
    words = words.strip(' ,.“”"')
    for mark in ("’s", "'s"):
        words = words.removesuffix(mark)
    return words[4:] if words.lower().startswith("the ") and not words.startswith("The Times") else words
