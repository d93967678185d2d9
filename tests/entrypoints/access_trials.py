"""How the rows of docs/permissions.csv about people and rights are tried."""

from typing import Any

HOUSE = "house"
ROLE = {"name": "Chat desk", "grants": []}
ROLE_FORM = {"name": "Chat desk", "scope-conversation:read": "own"}
WHILE = {"deputy": "id {cleo}", "starts_at": "2026-11-20T00:00:00Z", "ends_at": "2026-11-30T00:00:00Z"}
WHILE_FORM = {"deputy": "{cleo}", "from": "2026-11-20", "until": "2026-11-30"}
PROVIDER = {
    "name": "Northwind",
    "issuer": "https://id.northwind.example",
    "client_id": "careline",
    "secret": "s",
    "is_active": "on",
}

TRIALS_OF_ACCESS: dict[tuple[str, str], tuple[str, Any, Any]] = {
    ("commands.granting.add_role", "staff:grant"): (HOUSE, ("POST", "/roles", ROLE), ("POST", "/roles/new", ROLE_FORM)),
    ("commands.granting.change_role_grants", "staff:grant"): (
        HOUSE,
        ("PATCH", "/roles/{recruiter}", {"name": "Hirer"}),
        ("POST", "/roles/recruiter", {"name": "Hirer"}),
    ),
    ("commands.granting.remove_role", "staff:grant"): (
        HOUSE,
        ("DELETE", "/roles/{spare}", None),
        ("POST", "/roles/spare/removal", {}),
    ),
    ("commands.granting.give_roles", "staff:manage"): (
        HOUSE,
        ("PATCH", "/agents/{ben}", {"extra_roles": ["recruiter"]}),
        ("POST", "/people/{ben}", {"role": "administrator"}),
    ),
    ("flows.leave.leave", "staff:manage"): (
        HOUSE,
        ("PUT", "/agents/{ben}/deactivation", {}),
        ("POST", "/people/{ben}/leaving", {"to": "team"}),
    ),
    ("flows.leave.belongings", "staff:manage"): (
        HOUSE,
        ("GET", "/agents/{ben}/belongings", None),
        ("GET", "/people/{ben}/leaving", None),
    ),
    ("commands.staff.reactivate", "staff:manage"): (
        HOUSE,
        ("DELETE", "/agents/{ben}/deactivation", None),
        ("POST", "/people/{ben}", {"then": "reactivate"}),
    ),
    ("commands.staff.change_team", "staff:manage"): (
        HOUSE,
        ("PATCH", "/teams/{front}", {"signature": "Yours"}),
        ("POST", "/teams/{front}", {"name": "Front", "signature": "Yours"}),
    ),
    ("commands.standing_in.report_to", "staff:manage"): (
        HOUSE,
        ("PATCH", "/agents/{ben}", {"reports_to": "id {ada}"}),
        ("POST", "/people/{ben}/superior", {"superior": "{ada}"}),
    ),
    ("commands.standing_in.name_deputy", "staff:manage"): (
        HOUSE,
        ("POST", "/agents/{ada}/deputies", WHILE),
        ("POST", "/people/{ada}/deputies", WHILE_FORM),
    ),
    ("commands.standing_in.end_deputy", "staff:manage"): (HOUSE, None, None),
    ("flows.explain.rights", "staff:read"): (
        HOUSE,
        ("GET", "/agents/{ada}/rights", None),
        ("GET", "/people/{ada}/rights", None),
    ),
    ("flows.explain.why", "conversation:read"): (
        "case",
        ("GET", "/agents/{ada}/rights?conversation={case}", None),
        None,
    ),
    ("commands.tokens.make_token", "token:own"): (
        HOUSE,
        ("POST", "/tokens", {"name": "Export"}),
        ("POST", "/security/tokens/new", {"name": "Export", "reach": "all", "days": ""}),
    ),
    ("commands.tokens.revoke_token", "token:own"): (HOUSE, None, None),
    ("commands.tokens.revoke_token", "staff:manage"): (HOUSE, None, None),
    ("commands.sessions.end_session", "any"): (HOUSE, None, None),
    ("commands.sessions.end_sessions", "any"): (
        HOUSE,
        ("DELETE", "/sessions", None),
        ("POST", "/security/sessions", {}),
    ),
    ("commands.entering.set_password", "any"): (HOUSE, None, None),
    ("commands.factors.add_app", "any"): (HOUSE, None, ("GET", "/security/app", None)),
    ("commands.factors.remove_factor", "any"): (HOUSE, None, None),
    ("commands.factors.new_recovery_codes", "any"): (HOUSE, None, ("POST", "/security/recovery-codes", {})),
    ("commands.factors.reset_factors", "staff:manage"): (HOUSE, None, ("POST", "/people/{cleo}", {"then": "factors"})),
    ("commands.passkeys.add_passkey", "any"): (HOUSE, None, None),
    ("commands.providers.save_provider", "staff:grant"): (HOUSE, None, ("POST", "/sign-on/new", PROVIDER)),
    ("staff.access_record.access_record", "audit:read"): (
        HOUSE,
        ("GET", "/access-record", None),
        ("GET", "/access-record", None),
    ),
    ("kit.clock.ask_for", "staff:manage"): (HOUSE, ("PUT", "/clock", {"now": "2026-11-22T12:00:00Z"}), None),
}
