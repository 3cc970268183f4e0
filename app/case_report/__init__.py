"""The report of a case, as PDF to read and as CSV to reckon with."""
