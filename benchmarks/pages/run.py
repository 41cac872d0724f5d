"""Measure the pages of a node with a large lake and many cases: see README.md."""

import argparse
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import filling
import numpy as np
import records
from serving import Series, Server, serving

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from measure import machine

AIM = 150.0
CLIENTS = 4
TIDEWAITER = [sys.executable, "-m", "tidewaiter.cli"]
Pages = dict[str, list[str]]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--result", type=Path, help="result of a run over a world (default: one is made)")
    parser.add_argument("--rows", type=int, default=1_000_000, help="consignments of the world that is made")
    parser.add_argument("--queue", type=int, default=20_000)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=100, help="requests of a series")
    parser.add_argument("--repeat", type=int, default=2, help="how often all series are measured")
    parser.add_argument("--only", default="", help="pages whose name holds this")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--port", type=int, default=8790)
    parser.add_argument("--postgres", default="", help="an empty PostgreSQL database, as postgresql://…")
    parser.add_argument("--folder", type=Path, help="keep world, result and node here (default: a temporary folder)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = (options.folder or Path(temporary)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        result = options.result or _made(folder, options)
        node = folder / ("node-postgresql" if options.postgres else "node-sqlite")
        print(f"{machine()}; {node.name.partition('-')[2]}", flush=True)
        if not (node / "filled").exists():
            _fill(node, result.resolve(), options)
        pages = _pages(node, result, options)
        with serving(node, _port()) as server:
            server.sign_in(filling.USERNAME, filling.PASSWORD)
            _measure(server, {name: one for name, one in pages.items() if options.only in name}, options)
    return 0


def _port() -> int:
    """The port of the node that this process works for: a folder that was filled before keeps its own."""
    from tidewaiter.node.config import Config

    return Config.load().port


def _made(folder: Path, options: argparse.Namespace) -> Path:
    """Make a world and screen it, unless that was done."""
    world, result = folder / "world", folder / "result"
    if not (world / "world.json").exists():
        size = ["--rows", str(options.rows), "--seed", str(options.seed), "--quiet"]
        subprocess.run([*TIDEWAITER, "simulate", "--out", str(world), *size], check=True)
    if not (result / "run.json").exists():
        criteria = [
            "--watchlist", str(world / "watchlist.csv"), "--terms", str(world / "terms.csv"),
            "--profiles", str(world / "profiles.yaml"), "--rates", str(world / "rates.csv"), "--quiet",
        ]  # fmt: skip
        subprocess.run(
            [*TIDEWAITER, "screen", str(world / "consignments"), "--out", str(result), *criteria], check=True
        )
    return result


def _fill(node: Path, result: Path, options: argparse.Namespace) -> None:
    from tidewaiter.node.folder import Wishes, make

    wishes = Wishes(
        administration=filling.OWN, port=options.port, database_url=options.postgres,
        settings=(("SYNTHETIC", "yes"), ("LOG_LEVEL", "info")),
    )  # fmt: skip
    make(node, wishes)
    told = filling.fill(result, queue=options.queue, cases=options.cases, seed=options.seed)
    (node / "filled").write_text(json.dumps(told))


def _pages(node: Path, result: Path, options: argparse.Namespace) -> Pages:
    """The addresses of each page, so many different ones that no answer is the same again at once."""
    from tidewaiter.node.folder import enter

    enter(node)
    from django.apps import apps
    from django.core.management import call_command

    from tidewaiter.node.casework.models import Case
    from tidewaiter.node.targeting.models import ScreeningRun

    call_command("migrate", verbosity=0, interactive=False)
    chance = random.Random(options.seed)
    run = str(ScreeningRun.objects.get().pk)
    cases = [
        str(pk) for pk in Case.objects.order_by("serial", "pk").values_list("pk", flat=True)[: options.times * 9 : 9]
    ]
    listed = filling.messages_on_the_list(options.times)
    known = filling.sample_references(result, options.times, options.seed)
    seldom = [
        records.SELDOM.format(chance.randrange(options.cases // 20 % 5_000 or 5_000)) for _ in range(options.times)
    ]
    common = [records.OFTEN, "shoes", "handbags", f"{records.OFTEN} watches", "perfume"]
    pages = {
        "queue": ["/queue/"],
        "queue, narrowed": [f"/queue/?{one}" for one in _NARROWED],
        "case list": ["/cases/"],
        "case list, narrowed": [f"/cases/?{one}" for one in _CASES],
        "case page": [f"/cases/{pk}/" for pk in cases],
        "controls": ["/controls/"],
        "search, a rare word": [_search(one) for one in seldom],
        "search, a common word": [_search(one) for one in common],
        "search, Chinese": [_search(one) for one in (records.HAN, "手袋", "香水", "威摩拉", "奧斯川 手錶")],
        "suggestions": [f"/search/suggest?q={_quoted(one)}" for one in ("velm", "coun", "手", "HB0000", "quok")],
        "look-up, hit": [f"/search/?q={_quoted(value)}" for value, _ in known],
        "look-up, hit, as a list": [f"/consignments/?reference={_quoted(value)}" for value, _ in known],
        "look-up, miss": [f"/search/?q=NOT{chance.randrange(10**9):09d}" for _ in range(options.times)],
        "consignment, on the list": [f"/consignments/{one}/{_quoted(message)}/" for one, message in listed],
        "consignment, any": [f"/consignments/{run}/{_quoted(message)}/" for _, message in known],
    }
    if apps.is_installed("tidewaiter.node.board"):
        pages |= {"board": ["/board/"], "board, tables": ["/board/tables/"]}
    return pages


_NARROWED = (
    "tab=hand", "tab=released", "order=urgent", "order=newest&page=20", "page=100", "region=europe",
    "mode=road&kind=term", "category=footwear", "tab=random", "office=CN-GD-SHENZHEN-HUANGGANG", "office=",
)  # fmt: skip
_CASES = (
    "state=investigation", "state=closed&page=100", "category=footwear", "page=1000", "q=quokka17", "q=HB000050000",
    "q=Velmora", "first=2026-01-01&last=2026-03-01",
)  # fmt: skip


def _search(words: str) -> str:
    return f"/search/?list=&q={_quoted(words)}"


def _quoted(text: str) -> str:
    from urllib.parse import quote

    return quote(text, safe="")


def _measure(server: Server, pages: Pages, options: argparse.Namespace) -> None:
    print(f"milliseconds in the application, by its log; aim: p95 <= {AIM:.0f} with one client")
    print(f"{'':26} {'':>6} | {'one client':>40} | {CLIENTS} clients")
    one = f"{'p50':>6} {'p95':>6} {'alone':>6} {'cpu':>6} {'at client':>12}"
    print(f"{'page':26} {'first':>6} | {one} | {'p50':>6} {'p95':>6} {'cpu':>6} | holds")
    first = {name: server.ask(addresses[:1], times=1) for name, addresses in pages.items()}
    least: dict[str, float] = {}
    for number in range(options.repeat):
        for name, addresses in pages.items():
            one = server.ask(addresses, times=options.times)
            many = server.ask(addresses, times=options.times, clients=CLIENTS)
            told = [*_of(one, "inside"), _of(one, "alone")[1], one.cpu]
            least[name] = min(least.get(name, told[1]), told[1])
            print(
                f"{name:26} {first[name].answers[0].inside:6.0f} | {' '.join(f'{value:6.0f}' for value in told)}"
                f" {_of(one, 'outside')[1]:12.0f} | {' '.join(f'{v:6.0f}' for v in (*_of(many, 'inside'), many.cpu))}"
                f" | {_judged(told[1], told[2])}",
                flush=True,
            )
        print(f"-- series {number + 1} of {options.repeat}", flush=True)
    beyond = [f"{name} ({value:.0f})" for name, value in least.items() if value > AIM]
    print(f"beyond the aim in every series: {', '.join(beyond) or 'none'}")


def _judged(p95: float, alone: float) -> str:
    if p95 <= AIM:
        return "yes"
    return "not on this busy machine" if alone <= AIM else "NO"


def _of(series: Series, what: str) -> tuple[float, float]:
    p50, p95 = np.percentile([getattr(one, what) for one in series.answers], [50, 95])
    return float(p50), float(p95)


if __name__ == "__main__":
    sys.exit(main())
