"""What pages and programs share at the door: errors in their form, uploads, limits, figures of the process."""
