"""A case opened for analysis: the one documented call behind every command."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from accordant.opened_evidence import OpenEvidence
from accordant.opened_history import OpenHistory
from accordant.opened_leaving import OpenLeaving
from accordant.opened_leaving import Withheld as Withheld
from accordant.opened_reliance import OpenReliance

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from fractions import Fraction

    from accordant.agreement.frontier_result import FrontierResult
    from accordant.agreement.lenses.weights import Number
    from accordant.agreement.measures.concession_result import ConcessionsResult
    from accordant.agreement.measures.divide_result import DivideResult
    from accordant.agreement.measures.lever_result import LeversResult
    from accordant.agreement.package import PackageAnswer
    from accordant.agreement.phases.result import StagesResult
    from accordant.agreement.result import Answer, DealsResult
    from accordant.brief.document import Brief
    from accordant.case.switches import Switch
    from accordant.evidence.handling import Audience
    from accordant.exchange.converting import Conversion
    from accordant.exchange.formats import Scale
    from accordant.exchange.tables import CaseTables, Merge
    from accordant.model.result import StatesResult
    from accordant.stability.coalitions.result import CoalitionsResult
    from accordant.stability.hypergame import HypergameResult
    from accordant.stability.paths.result import PathsResult
    from accordant.stability.required.distance_result import DistanceResult
    from accordant.stability.required.result import RequireResult
    from accordant.stability.result import StabilityResult
    from accordant.stability.tableau import Tableau


class OpenCase(OpenEvidence, OpenReliance, OpenHistory, OpenLeaving):
    """A case with its folder and its compiled models.

    Made by :func:`accordant.load`. Nothing is computed before it is asked for, and nothing
    twice.
    """

    def states(self) -> StatesResult:
        """The states of the case and who can move where."""
        from accordant.model.result import states_result

        return states_result(self.compiler)

    def stability(
        self,
        concepts: Sequence[str] | None = None,
        *,
        horizon: int | None = None,
        thresholds: Mapping[str, Fraction | int | str] | None = None,
        coalitions: Sequence[Sequence[str]] = (),
        perceived: bool = False,
    ) -> StabilityResult:
        """Which states hold, for whom, under which concepts.

        Parameters
        ----------
        concepts
            Names of solution concepts; the five classical ones by default.
        horizon
            How far the concepts that look a number of moves ahead do so.
        thresholds
            Exact numbers for the concepts that have them, by party or by name; ``""`` for all.
        coalitions
            Parties that act as one.
        perceived
            Whether each party judges by the case as it sees it.

        Raises
        ------
        InputError
            If a concept or a party is unknown, or a concept cannot answer for this case.
        """
        from accordant.stability import analyse
        from accordant.stability.further import Options

        options = Options.of(horizon, thresholds or {})
        blocks = tuple(tuple(block) for block in coalitions)
        return self._once(
            ("stability", concepts and tuple(concepts), options, blocks, perceived),
            lambda: analyse(self.compiler, concepts, options=options, blocks=blocks, perceived=perceived),
        )

    def tableau(self, concepts: Sequence[str] | None = None) -> Tableau:
        """Preference vectors with improvements and stability marks, as the case is written.

        Parameters
        ----------
        concepts
            Names of solution concepts, of which one must hold; ``seq`` by default.

        Raises
        ------
        InputError
            If a concept is unknown, or there are more states than can be set out.
        """
        from accordant.model.settings import Setting
        from accordant.stability.further import find_any
        from accordant.stability.lifted import lifted
        from accordant.stability.tableau import as_written, tableau

        setting = Setting(frozenset(self.compiler.setting_space().lost))
        found = [lifted(concept) for concept in find_any(concepts or ["seq"])]
        return tableau(self.compiler.view(setting), found, as_written(self.compiler))

    def hypergame(self, concepts: Sequence[str] | None = None) -> HypergameResult:
        """What holds when each party judges by the case as it sees it, beside what holds in truth.

        Over all admissible settings, as :meth:`stability` with and without ``perceived=True``.

        Parameters
        ----------
        concepts
            Names of solution concepts; the five classical ones by default.

        Raises
        ------
        InputError
            If a concept is unknown, or cannot answer for this case.
        """
        from accordant.stability.hypergame import hypergame

        return hypergame(self.compiler, concepts)

    def paths(
        self,
        to: str | None = None,
        *,
        start: str | None = None,
        improvements: bool = False,
        free: Sequence[str] = (),
        concepts: Sequence[str] | None = None,
    ) -> PathsResult:
        """What can be reached from the status quo, how, and what stands in the way of the rest.

        Parameters
        ----------
        to
            One state; every state that holds under some of the ``concepts`` by default.
        start
            A state to start from instead.
        improvements
            Whether to look only at ways by moves that improve for whoever makes them.
        free
            Parties that are free to make any move in mixed ways.
        concepts
            Names of solution concepts; the five classical ones by default.

        Raises
        ------
        InputError
            If a name is unknown, or the case gives no status quo and ``start`` is not given.
        """
        from accordant.stability.paths.analysis import analyse

        held = self.stability(concepts)
        return analyse(self.compiler, held, start=start, to=to, improvements=improvements, free=free)

    def coalitions(
        self,
        of: Sequence[Sequence[str]] | None = None,
        concepts: Sequence[str] | None = None,
        *,
        pareto: bool = False,
        starts: Sequence[str] = (),
        explain: Sequence[str] = (),
        progress: Callable[[int, int], None] | None = None,
    ) -> CoalitionsResult:
        """What coalitions could improve together, and which states hold against them.

        Arguments and errors as for :func:`accordant.stability.coalitions.analysis.analyse`.
        """
        from accordant.stability.coalitions.analysis import analyse

        return analyse(
            self.compiler, of, concepts, pareto=pareto, starts=starts, explain=explain, progress=progress
        )

    def require(
        self,
        state: str,
        concept: str = "seq",
        *,
        party: str | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> RequireResult:
        """What the parties would have to prefer for ``state`` to hold under ``concept``.

        Each party by itself (only ``party`` where it is given), and all together; ``concept`` may
        name one for each party, as in ``north=nash,south=seq``.
        """
        from accordant.stability.required.analysis import analyse

        return self._once(
            ("require", state, concept, party),
            lambda: analyse(self.compiler, state, concept, party=party, progress=progress),
        )

    def distance(
        self,
        concepts: Sequence[str] | None = None,
        *,
        states: Sequence[str] | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> DistanceResult:
        """How many changes of preference would flip each verdict, and in whose order.

        Under sequential stability where no concept is named; of every state where none is.
        """
        from accordant.stability.required.distance import analyse

        return self._once(
            ("distance", concepts and tuple(concepts), states and tuple(states)),
            lambda: analyse(self.compiler, concepts, states=states, progress=progress),
        )

    def deals(
        self,
        lenses: Sequence[str] | None = None,
        *,
        weights: Mapping[str, Number] | None = None,
        top: int | None = None,
        mixed: bool = False,
        epsilon: Fraction | None = None,
    ) -> DealsResult:
        """Packages against no deal, and what the fairness lenses pick.

        Parameters
        ----------
        lenses
            Names of fairness lenses; all by default.
        weights
            One positive number for each party, for the lenses that take weights.
        top
            How many agreements are listed at most.
        mixed
            Whether lenses may mix packages: lotteries, or packages carried out in parts.
        epsilon
            With too many packages to list: the share of each party's range of worths that may be
            given up where the frontier has too many points.

        Raises
        ------
        InputError
            If a lens is unknown, or weights are missing or no positive numbers.
        """
        from accordant.agreement import analyse

        key = ("deals", lenses and tuple(lenses), weights and tuple(weights.items()), top, mixed, epsilon)
        return self._once(
            key,
            lambda: analyse(
                self.compiler,
                self._holds,
                lenses=lenses,
                weights=weights,
                top=top,
                mixed=mixed,
                epsilon=epsilon,
            ),
        )

    def package(
        self,
        asked: str,
        *,
        lenses: Sequence[str] | None = None,
        weights: Mapping[str, Number] | None = None,
    ) -> PackageAnswer:
        """All about one package: who would accept it, its worth, the lenses that pick it, whether it lasts.

        Parameters
        ----------
        asked
            The id of a proposal, the name of a state, or values such as ``pay=5, shifts=day``.

        Raises
        ------
        InputError
            If it is none of these.
        """
        from accordant.agreement.package import package

        return package(self.compiler, asked, self._holds, lenses=lenses, weights=weights)

    def frontier(self) -> FrontierResult:
        """The frontier in the parties' own numbers, with no deal and where the proposals stand.

        Raises
        ------
        InputError
            If nobody has given numbers, or there is no deal to compare packages with.
        """
        from accordant.agreement.frontier_result import frontier_result

        return self._once("frontier", lambda: frontier_result(self.compiler))

    def levers(self, proposal: str) -> LeversResult:
        """The smallest changes that would make a proposal acceptable to all, and what they cost whom.

        Raises
        ------
        InputError
            If there is no such proposal, or nothing to compare packages with.
        """
        from accordant.agreement.measures.levering import levers

        return self._once(("levers", proposal), lambda: levers(self.compiler, proposal))

    def concessions(self) -> ConcessionsResult:
        """Who moved from offer to offer, how far, and what was left on the table.

        Raises
        ------
        InputError
            If the case has no dated proposal.
        """
        from accordant.agreement.measures.concessions import concessions

        return self._once("concessions", lambda: concessions(self.compiler))

    def divide(self, points: Mapping[str, Mapping[str, Fraction]] | None = None) -> DivideResult:
        """Adjusted winner: who of two parties wins which issue, with at most one of them split.

        Parameters
        ----------
        points
            By party 100 points on the issues, in place of those that worths or positions give.

        Raises
        ------
        InputError
            If there are not exactly two parties, or no points, or nothing to divide.
        """
        from accordant.agreement.measures.dividing import divided

        return divided(self.compiler, points)

    def stages(
        self,
        proposal: str,
        *,
        terms: Sequence[str] = (),
        without: Sequence[str] = (),
        progress: Callable[[int, int], None] | None = None,
    ) -> StagesResult:
        """Whether a deal in stages would be carried out, and at which stage somebody would leave.

        ``terms`` are guarantees and inducements taken to be part of it besides its own, ``without``
        those of its own that are left out.
        """
        from accordant.agreement.phases import analyse

        return self._once(
            ("stages", proposal, tuple(terms), tuple(without)),
            lambda: analyse(self, proposal, terms=terms, without=without, progress=progress),
        )

    def _holds(self, states: Sequence[str]) -> dict[str, dict[str, Answer]]:
        """Under which concepts each state holds once reached."""
        result = self.stability()
        # verdicts on settings drawn at random show what may be, never what must be
        drawn = "seed" in dict(result.method.parameters)
        listed = set(result.states)
        found: dict[str, dict[str, Answer]] = {state: {} for state in states if state in listed}
        for name, concept in result.concepts.items():
            sure, may = concept.equilibria, concept.possible_equilibria
            for state, held in found.items():
                settled: Answer = "yes" if state in sure else "unknown" if state in may else "no"
                held[name] = "unknown" if drawn else settled
        return found

    def brief(
        self,
        kind: str = "brief",
        *,
        restricted: Collection[str] = (),
        audience: Audience = "team",
        without: Collection[str | Switch] = (),
    ) -> Brief:
        """The content of a document; ``.html()``, ``.markdown()``, ``.docx()``, ``.pdf()``, ``.save(path)``.

        ``kind`` is one of :data:`accordant.brief.kinds.KINDS`. What is restricted is not in it
        unless it is named in ``restricted``, for the ``public`` nor is what is marked ``team``: see
        :meth:`redacted`. ``without`` takes what :meth:`rests` does: what is left of the answers without it
        stands beside what is left otherwise.
        """
        from accordant.brief import build

        return build(self, kind, restricted=restricted, audience=audience, without=without)

    def save_as(self, path: str | Path, format: str | None = None, scale: Scale | None = None) -> Conversion:
        """Write the case to a new folder, or as files of another program.

        ``format`` names a format (``genius``, ``negmas``, ``case``, …); by default the ending of ``path``
        does. ``scale`` says how numbers are written, ``genius`` or ``file``. Nothing is written over. What
        cannot be carried over is in the warnings of the result.
        """
        from accordant.exchange.converting import save_as

        return save_as(self, path, format, scale)

    def tables(self, *, restricted: Collection[str] = ()) -> CaseTables:
        """The tables of the case that a person edits; ``.write(path)`` writes a workbook or CSV files.

        Results are written beside them, to be read only. Restricted claims are left out, and not counted in
        any result, unless they are named in ``restricted``.
        """
        from accordant.exchange.tables import case_tables
        from accordant.exchange.tables.answers import answers

        return case_tables(self.case, restricted, lambda: answers(self.redacted(restricted=restricted)))

    def merge(self, path: str | Path, take: Sequence[str] = ()) -> Merge:
        """What an edited file would change in the case, and where both have changed the same thing.

        ``path`` is a workbook, a folder of CSV files or one of them, as :meth:`tables` writes them, or
        another copy of the case. ``take`` settles conflicts: ``file``, ``case``, ``file:claims.c5.grade``.
        ``.apply()`` writes it.

        Raises
        ------
        InputError
            If there is nothing to read; as a CaseError with every mistake in the file.
        """
        from accordant.exchange.tables import merge
        from accordant.loading import load

        foreign = self.foreign is not None
        return merge(self.folder, path, take, opened=lambda place: load(place).folder, foreign=foreign)

    def to_negmas(self) -> Any:
        """The case as a scenario of NegMAS, for simulated agents; NegMAS must be installed.

        Raises
        ------
        InputError
            If NegMAS is not installed, or, with every reason, if it cannot say what the case says.
        """
        from accordant.exchange.to_negmas import to_negmas

        return to_negmas(self)
