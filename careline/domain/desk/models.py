from django.db import models


class View(models.Model):
    """A saved filter over cases: private, a team's, or everybody's."""

    name = models.TextField()
    code = models.SlugField(null=True, unique=True)
    owner = models.ForeignKey("staff.Agent", null=True, on_delete=models.CASCADE)
    team = models.ForeignKey("staff.Team", null=True, on_delete=models.CASCADE)
    filter = models.JSONField(default=dict)
    sort = models.TextField(default="due")
    position = models.SmallIntegerField(default=0)
