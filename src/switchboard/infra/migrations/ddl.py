"""What migrations need beyond Alembic: SQL scripts beside them, and the locks of a tenant table."""

from pathlib import Path
from typing import Any

from alembic import op

SCRIPTS = Path(__file__).parent / "sql"


def run_script(name: str) -> None:
    """Run every statement of `sql/<name>`; a script is frozen once released."""
    script = (SCRIPTS / name).read_text()
    connection: Any = op.get_bind().connection.dbapi_connection

    def run(raw: Any) -> Any:
        return raw.execute(script)

    connection.run_async(run)


def tenant_table(name: str) -> None:
    """Both halves of the second lock: row-level security, FORCEd, by the transaction's tenant; and app's rights.

    TO app, owner and not PUBLIC: policies are OR-ed, and resolver must not evaluate this one. USING serves as WITH CHECK too.
    """
    op.execute(f'alter table "{name}" enable row level security')
    op.execute(f'alter table "{name}" force row level security')
    op.execute(f'create policy tenant on "{name}" to app, owner using (tenant_id = current_tenant())')
    op.execute(f'grant select, insert, update, delete on "{name}" to app')


def global_table(name: str, rights: str) -> None:
    """A table of the closed list of DESIGN 4.5: no row-level security, only these rights for app."""
    op.execute(f'grant {rights} on "{name}" to app')
