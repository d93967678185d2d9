from django.db import models
from django.db.models.functions import Lower


class Calendar(models.Model):
    """Opening hours of one place; the public holidays of `holiday_country` and `holiday_region` are closed."""

    name = models.TextField()
    time_zone = models.TextField()
    is_default = models.BooleanField(default=False)
    holiday_country = models.TextField(default="", blank=True)
    holiday_region = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("name"), name="calendar_name_once"),
            models.UniqueConstraint(
                fields=["is_default"], condition=models.Q(is_default=True), name="one_default_calendar"
            ),
        ]


class Period(models.Model):
    """Open on one weekday (Monday is 0), in minutes since midnight; closing no later than opening means the next day."""

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="periods")
    weekday = models.SmallIntegerField()
    opens_at = models.SmallIntegerField()
    closes_at = models.SmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(weekday__range=(0, 6), opens_at__range=(0, 1439), closes_at__range=(0, 1440)),
                name="period_of_a_week",
            )
        ]


class SpecialDay(models.Model):
    """A date that goes by periods of its own, [[opens_at, closes_at], …] in minutes; none means closed."""

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="special_days")
    on = models.DateField()
    periods = models.JSONField(default=list, blank=True)
    note = models.TextField(default="", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["calendar", "on"], name="special_day_once")]


class Subscription(models.Model):
    """Holidays of a calendar that come from an address, looked at each day: `days` came from there the last time it could be read.

    `words`: why it could not be read at `failed_at`.
    """

    calendar = models.OneToOneField(Calendar, primary_key=True, on_delete=models.CASCADE, related_name="subscription")
    url = models.TextField()
    days = models.JSONField(default=list, blank=True)
    due_at = models.DateTimeField()
    refreshed_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    words = models.TextField(default="", blank=True)

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="calendar_feed_due")]
