"""What the times of the rows say: medians, ratios to vanilla, a table."""

from math import exp, log
from statistics import median
from typing import Any

from bench.rows.measuring import Times
from bench.table import table

TITLES = {
    "script": "script",
    "layout": "script and layout",
    "rest": "after that, until the page rests: paint, and what a page puts off",
}

type Medians = dict[str, dict[str, dict[str, float]]]  # operation, variant, kind


def medians_of(times: Times) -> Medians:
    """The medians of script, of script and layout together, of the rest, in milliseconds."""
    return {
        operation: {
            variant: {
                "script": median(run.script for run in runs),
                "layout": median(run.both for run in runs),
                "rest": median(run.rest for run in runs),
            }
            for variant, runs in variants.items()
        }
        for operation, variants in times.items()
    }


def geomeans_of(medians: Medians) -> dict[str, dict[str, float]]:
    """The geometric mean of the ratios to vanilla."""
    variants = next(iter(medians.values()))
    return {
        variant: {
            kind: exp(sum(map(log, _ratios(medians, variant, kind))) / len(medians))
            for kind in ("script", "layout")
        }
        for variant in variants
    }


def _ratios(medians: Medians, variant: str, kind: str) -> list[float]:
    return [each[variant][kind] / each["vanilla"][kind] for each in medians.values()]


def result_of(times: Times) -> dict[str, Any]:
    """What `--json` says."""
    medians = medians_of(times)
    return {
        "geomean": _rounded(geomeans_of(medians)),
        "operations": _rounded(medians),
        "runs": {
            operation: min(map(len, variants.values())) for operation, variants in times.items()
        },
    }


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    return round(value, 3)


def table_of(times: Times) -> str:
    """A table of script, of script and layout together, and of what came after."""
    medians = medians_of(times)
    means = geomeans_of(medians)
    order = sorted(means, key=lambda variant: means[variant]["layout"])
    parts = []
    for kind, title in TITLES.items():
        rows = [["operation", "runs", *order]]
        for operation, variants in medians.items():
            runs = min(map(len, times[operation].values()))
            rows.append([operation, str(runs), *(f"{variants[name][kind]:.2f}" for name in order)])
        if kind in means["vanilla"]:
            rows.append(["ratio to vanilla", "", *(f"{means[name][kind]:.2f}" for name in order)])
        parts.append(f"{title}, median of main-thread CPU in ms\n{table(rows)}")
    return "\n\n".join(parts)
