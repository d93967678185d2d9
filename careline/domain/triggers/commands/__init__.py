"""Changes: rules and their order, the log, where rules by time stand, schedules."""
