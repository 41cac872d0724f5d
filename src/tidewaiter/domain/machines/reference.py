"""The reference page of the state machines, drawn from the machines themselves."""

from tidewaiter.domain.machines import MACHINES


def machines_markdown() -> str:
    """Write each machine as a diagram and a table."""
    parts = ["# State machines\n", "Made from `tidewaiter.domain.machines`.\n"]
    for name, machine in MACHINES.items():
        parts += [f"## {name}\n", f"```mermaid\n{machine.as_mermaid()}```\n", machine.as_table()]
    return "\n".join(parts)
