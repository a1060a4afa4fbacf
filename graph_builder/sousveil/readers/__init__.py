"""Case files, tables and documents become claim-table rows."""
