"""What leaves of the staff: people, teams, rights; never a password, a token or a second factor.

Django's own tables are kept here too, for it is the staff who sign in.
"""

from careline.kit.archive.declared import Declared

_STAYS_HERE = "a secret: made anew where it comes back"
_GROUND = "made by the migrations"


TABLES = (
    Declared("django_content_type", because=_GROUND, is_ground=True),
    Declared("auth_permission", because=_GROUND, is_ground=True),
    Declared("auth_group", because="not used"),
    Declared("auth_group_permissions", because="not used"),
    Declared("django_session", because=_STAYS_HERE, backup=False),
    Declared("staff_role", export="roles"),
    Declared("staff_grant", export="grants"),
    Declared("staff_team", export="teams"),
    Declared(
        "staff_agent", export="agents", without={"password": "'!'"}, personal="stays: who worked here is on the record"
    ),
    Declared("staff_membership", export="memberships"),
    Declared("staff_extrarole", export="extra-roles"),
    Declared("staff_deputy", export="deputies"),
    Declared("staff_skill", export="skills"),
    Declared("staff_agentskill", export="agent-skills"),
    Declared("staff_attendance", export="attendance", personal="stays: who may be given how much work"),
    Declared("staff_apitoken", because=_STAYS_HERE),
    Declared("staff_signinattempt", because="kept for an hour", backup=False),
    Declared("staff_signinlink", because=_STAYS_HERE, backup=False),
    Declared("staff_session", because=_STAYS_HERE, backup=False),
    Declared("staff_factor", because=_STAYS_HERE, sealed="authenticator apps of the staff"),
    Declared("staff_recoverycode", because=_STAYS_HERE),
    Declared(
        "staff_identityprovider",
        export="identity-providers",
        without={"secret": "''::bytea"},
        sealed="secrets of single sign-on",
    ),
    Declared("staff_identity", export="identities"),
    Declared("staff_preference", export="preferences"),
    Declared("staff_houseletter", because="letters with links, on their way"),
)
