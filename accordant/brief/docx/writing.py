"""From the content of a document to its file: the head, the parts in order, the annex."""

from __future__ import annotations

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT

from accordant.brief.characters import runs_leftward
from accordant.brief.document import Brief, Ref, Said, Section, Text, joined, rich, said_leftward
from accordant.brief.docx import properties
from accordant.brief.docx.blocks import sections
from accordant.brief.docx.edges import Edges
from accordant.brief.docx.figures import Annex, dots_id, drawing_id
from accordant.brief.docx.flow import Flow
from accordant.brief.docx.lent import Lent, lent
from accordant.brief.docx.names import Places
from accordant.brief.docx.numbering import Numbering
from accordant.brief.docx.package import Loan, Package
from accordant.brief.docx.sheet import sheet
from accordant.brief.docx.styles import Styles
from accordant.brief.docx.tables import table
from accordant.brief.docx.xml import part, w
from accordant.brief.house import House

MANY = 7
"""Sections from which on the head has a list of contents."""
ANNEX = "Tables behind the pictures"


def written(brief: Brief, house: House) -> bytes:
    """The file."""
    theirs = lent(house.docx)
    styles = Styles(house, properties.language(brief), theirs.styles)
    flow = Flow(sheet(house, theirs.margins), styles, Numbering(theirs.numbering), Places(brief))
    flow.base = flow.wide = brief.wide or (brief.sections[:1] != () and brief.sections[0].page == "wide")
    annex = Annex()
    _head(flow, brief)
    flow.base = brief.wide
    sections(flow, brief.sections, annex)
    _annex(flow, annex)
    package = Package()
    edges = Edges(brief, house, theirs, flow, package)
    end = w("sectPr")
    for k, (properties_, wide) in enumerate([*flow.turns, (end, flow.wide)]):
        edges.section(properties_, wide, first=k == 0)
    package.document(part(w("document", w("body", *flow.body, end))))
    _parts(package, flow, annex, brief, house)
    _borrowed(package, brief, house, theirs)
    return package.bytes()


def _head(flow: Flow, brief: Brief) -> None:
    kicker = brief.label + (f" · as of {brief.as_of}" if brief.as_of else "")
    flow.add("Accordant Kicker", flow.runs.bare(kicker))
    rtl = runs_leftward(brief.title.text)
    flow.add("Title", *flow.runs((brief.title,), leftward=rtl), leftward=rtl)
    if brief.question:
        rtl = said_leftward(brief.question)
        flow.add("Subtitle", *flow.runs(brief.question, leftward=rtl), leftward=rtl)
    for notice in brief.notices:
        flow.add("Accordant Notice", *flow.runs(notice))
    if len(brief.sections) > MANY:
        links = [rich(Ref(section.id, _bare(section))) for section in brief.sections]
        flow.add("Accordant Contents", *flow.runs(joined(links, " · ")))


def _bare(section: Section) -> tuple[Text | Said, ...]:
    return tuple(p for p in section.title if not isinstance(p, Ref))


def _annex(flow: Flow, annex: Annex) -> None:
    if not annex.tables:
        return
    flow.turn(False)
    flow.add("heading 1", flow.runs.bare(ANNEX), new_page=True)
    for behind in annex.tables:
        table(flow, behind)


def _parts(package: Package, flow: Flow, annex: Annex, brief: Brief, house: House) -> None:
    package.belongs("styles.xml", CT.WML_STYLES, RT.STYLES, flow.styles.xml())
    if flow.numbering.used:
        package.belongs("numbering.xml", CT.WML_NUMBERING, RT.NUMBERING, flow.numbering.xml())
    for k, (drawing, dots) in enumerate(annex.pictures, 1):
        package.picture((drawing_id(k), "svg", drawing))
        package.picture((dots_id(k), "png", dots))
    package.about("core.xml", CT.OPC_CORE_PROPERTIES, RT.CORE_PROPERTIES, properties.core(brief, house))
    package.about("app.xml", CT.OFC_EXTENDED_PROPERTIES, RT.EXTENDED_PROPERTIES, properties.extended(house))


def _borrowed(package: Package, brief: Brief, house: House, theirs: Lent) -> None:
    """What a house's own document lends beside its styles."""
    settings = properties.settings(brief, theirs.even)
    package.belongs("settings.xml", CT.WML_SETTINGS, RT.SETTINGS, settings)
    package.fonts(theirs.fonts or Loan(properties.font_table(house)))
    if theirs.theme:
        package.belongs("theme/theme1.xml", CT.OFC_THEME, RT.THEME, theirs.theme)
