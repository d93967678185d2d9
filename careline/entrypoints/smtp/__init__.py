"""Mail that servers deliver to us by LMTP or SMTP: into the spool durably, before the sender hears "yes"."""
